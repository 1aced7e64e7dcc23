package twitchactors.ops

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import twitchactors.services.ServiceUnavailable

/** The actor system of the node that is operated. It is another one after the node was shut out of its cluster and came back. */
class NodeSystem(private val current: () -> ActorSystem<*>?) {
    /** @throws ServiceUnavailable while there is none */
    val typed: ActorSystem<*>
        get() = current()?.takeIf { !it.whenTerminated().isCompleted }
            ?: throw ServiceUnavailable("this node is not in a cluster just now; ask again in some seconds")

    val classic: org.apache.pekko.actor.ActorSystem get() = Adapter.toClassic(typed)
}
