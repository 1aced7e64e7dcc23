package twitchactors.node

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import com.typesafe.config.ConfigFactory
import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path

/**
 * The HOCON file that `--config` names, for all of this process: what it says counts more than the shipped files, and less than the
 * environment, so that one file serves all nodes and each node's own address comes from outside.
 */
internal object ConfigurationFile {
    private const val OURS = "twitchactors"

    /** How the library names the origin of values that variables have set. */
    private const val BY_ENVIRONMENT = "env variables"

    @Volatile
    private var used: Config? = null

    /** Everything that is loaded from now on counts [path] in; see [of]. */
    fun use(path: Path) {
        used = of(path)
    }

    /** What the shipped files, the one that is used, the environment and Java's `-D` say together. */
    fun load(): Config = used ?: ConfigFactory.load()

    /**
     * What the shipped files, [path], the environment and Java's `-D` say together.
     *
     * @throws BadInput when the file cannot be read, or has a key of ours that there is not
     */
    fun of(path: Path): Config {
        if (!Files.isRegularFile(path)) throw BadInput("--config $path: there is no such file")
        val all = try {
            layered(ConfigFactory.parseFile(path.toFile()))
        } catch (wrong: ConfigException) {
            throw BadInput("--config $path: ${wrong.message}", wrong)
        }
        val unknown = keys(all) - keys(ConfigFactory.load())
        if (unknown.isEmpty()) return all
        throw BadInput("--config $path: there is no key ${unknown.sorted().joinToString { "$OURS.$it" }}; see the files in hocon")
    }

    private fun keys(config: Config): Set<String> = config.getConfig(OURS).entrySet().mapTo(HashSet()) { it.key }

    private fun layered(file: Config): Config {
        val byEnvironment = ConfigFactory.load().entrySet()
            .filter { (_, value) -> value.origin().description().startsWith(BY_ENVIRONMENT) }
            .fold(ConfigFactory.empty()) { layer, (path, value) -> layer.withValue(path, value) }
        return ConfigFactory.defaultOverrides()
            .withFallback(byEnvironment)
            .withFallback(file)
            .withFallback(ConfigFactory.defaultApplication())
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve()
    }
}
