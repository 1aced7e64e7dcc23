package twitchactors.services

import org.junit.jupiter.api.extension.ExtensionContext
import org.junit.jupiter.api.extension.ParameterContext
import org.junit.jupiter.api.extension.ParameterResolver
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration

/** One start of embedded services for all test classes that ask for them; stopped after the last test. */
class SharedServices : ParameterResolver {
    /** The [services] below the folder [data]. */
    class Started(val data: Path, val services: Services) : AutoCloseable {
        override fun close() = services.close()
    }

    override fun supportsParameter(parameter: ParameterContext, context: ExtensionContext): Boolean =
        parameter.parameter.type == Started::class.java

    override fun resolveParameter(parameter: ParameterContext, context: ExtensionContext): Any =
        context.root.getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Started::class.java) {
            val data = newFolder("shared")
            Started(data, Services.start(settings, data, System.err::println))
        }

    companion object {
        /** What an earlier run left to look at is removed when the next one begins, except the unpacked server. */
        private val root: Path = Files.createDirectories(Path.of("target/it")).toAbsolutePath().also { root ->
            root.toFile().listFiles().orEmpty().filter { it.name != HOME }.forEach { it.deleteRecursively() }
        }
        private const val HOME = "mariadb"
        val home: Path = root.resolve(HOME)

        /** The embedded services, with one unpacked MariaDB for all folders of the tests. */
        val settings: ServiceSettings by lazy {
            MariaDbServerFiles.unpacked(home, System.err::println)
            ServiceSettings(mariaDbHome = home, startTimeout = Duration.ofMinutes(2))
        }

        fun newFolder(name: String): Path = Files.createTempDirectory(root, name).toRealPath()

        /** Fails when [condition] does not hold within [seconds]. */
        fun eventually(what: String, seconds: Long = 30, condition: () -> Boolean) =
            check(Deadline.after(Duration.ofSeconds(seconds)).await(condition)) { "not within $seconds s: $what" }
    }
}
