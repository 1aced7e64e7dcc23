package twitchactors.cluster

import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Assumptions
import twitchactors.pipeline.Pbm
import twitchactors.pipeline.Program
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.isExecutable

/** The image of docker/Dockerfile as docker/image makes it without an engine, and what runs from it as its user. */
class Image private constructor() : Distribution {
    /** Where all of its files are, outside of what runs from it. */
    val root: Path = Program.start(listOf("root"), launcher = SCRIPT).use { it.end() }.let { printed ->
        check(printed.exit == 0) { "$printed" }
        Path.of(printed.out.trim())
    }

    override fun start(data: Path, roles: String, environment: Map<String, String>, within: List<String>): Program {
        val words = listOf("node", "--config", "$HOME/hocon/deployments/three-local.conf", "--data", DATA, "--roles", roles)
        return run(data, words, environment, within)
    }

    /** The image's own pbm, for the node whose data folder is [data]. */
    fun pbm(data: Path) = Pbm { words -> run(data, listOf("pbm", "--data", DATA) + words) }

    private fun run(data: Path, words: List<String>, environment: Map<String, String> = emptyMap(), within: List<String> = emptyList()) =
        Program.start(listOf("run") + words, environment + ("FOLDER" to "$data"), within, SCRIPT)

    companion object {
        /** Where the program is, inside. */
        const val HOME = "/opt/twitchactors"

        /** Where the data folder is, inside. */
        const val DATA = "/var/lib/twitchactors"

        /** Its user, and the user's group. */
        const val USER = 10_001

        private val SCRIPT = Program.root.resolve("docker/image")
        private val PATHS = listOf("/usr/bin", "/usr/sbin", "/bin", "/sbin")

        /** A bound against hanging: it fetches and unpacks two Debians. */
        private const val LONGEST_MINUTES = 15L

        /** Skips the test without root; where what makes images is missing, skips it too, but fails in CI. */
        fun assumePossible() {
            Assumptions.assumeTrue(System.getProperty("user.name") == "root", "an image is made by root")
            val absent = listOf("mmdebstrap", "buildah").filter { name -> PATHS.none { Path.of(it, name).isExecutable() } }
            if (absent.isNotEmpty()) OutsidePart.isAbsent("$absent not installed")
        }

        /** Makes it of the tarball of these sources. */
        fun make(): Image {
            val made = ProcessBuilder("$SCRIPT", "make").inheritIO().redirectInput(Path.of("/dev/null").toFile()).start()
            if (!made.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                made.descendants().forEach { it.destroyForcibly() }
                made.destroyForcibly()
                fail<Unit>("no image within $LONGEST_MINUTES minutes")
            }
            check(made.exitValue() == 0) { "docker/image make ended with ${made.exitValue()}" }
            return Image()
        }
    }
}
