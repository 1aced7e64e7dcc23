package twitchactors.cluster

import twitchactors.pipeline.Program
import java.nio.file.Path

/** What nodes are started from. */
interface Distribution {
    /**
     * Starts a node as one of several on this machine.
     *
     * @param data its data folder
     * @param within what its process is started by, as `ip netns exec`
     */
    fun start(data: Path, roles: String, environment: Map<String, String>, within: List<String>): Program
}
