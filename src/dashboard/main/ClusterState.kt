package twitchactors.dashboard

import twitchactors.store.NodeVitals

/**
 * The cluster as this node sees it.
 *
 * @param self the address of this node
 * @param leader the address of the node that lets others in and out; null while there is none
 * @param partitions where each viewer partition lives; one that moves just now lives nowhere
 * @param lag of readers of Kafka's topics; null while Kafka does not answer
 */
class ClusterState(val self: String, val leader: String?, val members: List<Member>, val partitions: List<Place>, val lag: List<Lag>?) {
    /**
     * A node.
     *
     * @param status as Pekko has it: joining, weaklyup, up, leaving, exiting, down, removed
     * @param said null when it has said nothing of late
     */
    class Member(
        val address: String,
        val roles: List<String>,
        val status: String,
        val isReachable: Boolean,
        val version: String,
        val said: NodeVitals.Said?,
    )

    /**
     * A viewer partition.
     *
     * @param node the address of the node that it lives on; null: on none just now
     * @param lag records of `sightings` that it has not read; null: not known
     */
    class Place(val partition: Int, val node: String?, val lag: Long?)

    /** How far a reader is behind, over all partitions of a topic. */
    class Lag(val topic: String, val reader: String, val end: Long, val lag: Long)
}
