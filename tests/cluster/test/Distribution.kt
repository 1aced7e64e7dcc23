package twitchactors.cluster

import twitchactors.pipeline.Program
import java.nio.file.Path

/**
 * What a node is started from: the program of these sources, or a tarball that was unpacked.
 *
 * @param hocon the folder of the files that come with it
 */
class Distribution(val launcher: Path, hocon: Path) {
    /** What tells each of several nodes on one machine how to be one. */
    val configuration: Path = hocon.resolve("deployments/three-local.conf")

    companion object {
        val SOURCES = Distribution(Program.root.resolve("twitchactors"), Program.root.resolve("hocon"))
    }
}
