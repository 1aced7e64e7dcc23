package twitchactors.cluster

import twitchactors.pipeline.Program
import java.nio.file.Path

/**
 * The program of these sources, or a tarball that was unpacked.
 *
 * @param hocon the folder of the files that come with it
 */
class Unpacked(private val launcher: Path, hocon: Path) : Distribution {
    /** What tells each of several nodes on one machine how to be one. */
    private val configuration = hocon.resolve("deployments/three-local.conf")

    override fun start(data: Path, roles: String, environment: Map<String, String>, within: List<String>): Program =
        Program.start(listOf("node", "--config", configuration, "--data", data, "--roles", roles), environment, within, launcher)

    companion object {
        val SOURCES = Unpacked(Program.root.resolve("twitchactors"), Program.root.resolve("hocon"))
    }
}
