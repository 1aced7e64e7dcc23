package twitchactors.node

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import com.typesafe.config.ConfigValueFactory
import twitchactors.archiver.ArchiverSettings
import twitchactors.archiver.RetentionSettings
import twitchactors.collect.CollectSettings
import twitchactors.collect.SlotClock
import twitchactors.days.DaysSettings
import twitchactors.profile.ProfileSettings
import twitchactors.recording.RecordingSettings
import twitchactors.services.ServiceSettings
import twitchactors.sources.ChatSettings
import twitchactors.sources.DirectorySettings
import twitchactors.sources.SourcesSettings
import twitchactors.sweeps.SweepSource
import twitchactors.sweeps.SweepsSettings
import twitchactors.topics.TopicSettings
import java.nio.file.Path
import java.time.Duration

/**
 * All settings of a node, each read by the module that it is for.
 *
 * @param simulation what is collected from in place of Twitch; null: Twitch
 */
class Configuration(val config: Config, val data: Path, val simulation: Simulation?) {
    val services = ServiceSettings.from(config)
    val topics = TopicSettings.from(config)
    val profile = ProfileSettings.from(config)
    val days = DaysSettings.from(config)
    val sources = SourcesSettings.from(config)
    val chat = ChatSettings.from(config)
    val collect = CollectSettings.from(config)
    val sweeps = SweepsSettings.from(config)
    val recording = RecordingSettings.from(config)
    val archiver = ArchiverSettings.from(config)
    val retention = RetentionSettings.from(config)

    /** How far this machine's clock may be from MariaDB's. */
    val clockTolerance: Duration = config.getDuration("twitchactors.cluster.clock-tolerance")

    /** The time that streamers are polled by. */
    val clock: SlotClock = simulation?.clock ?: SlotClock.real()

    /** What a node does. */
    val roles: Set<NodeRole> = config.getStringList(ROLES).let { if (it.isEmpty()) emptySet() else NodeRole.parse(it.joinToString(",")) }

    /** How the directory's pages are read; null when this node does not read them. */
    val directory: DirectorySettings? =
        if (sweeps.enabled && sweeps.source == SweepSource.DIRECTORY && NodeRole.COLLECT in roles) DirectorySettings.from(config) else null

    /** Nodes to join through. Only the one that is named first may begin a cluster. */
    val seeds: List<String> get() = config.getStringList(SEEDS)

    /** Whether a node is to find others by DNS or by Kubernetes. */
    val isDiscovered: Boolean = ClusterDiscovery.of(config) != null

    /** Whether a node is to join others, rather than to begin a cluster of its own. */
    val joinsCluster: Boolean get() = seeds.isNotEmpty() || isDiscovered

    /** What an actor system is given: it joins nobody by itself. */
    val forSystem: Config get() = config.withValue(SEEDS, ConfigValueFactory.fromIterable(emptyList<String>()))

    /** The same for a node that joins [nodes], of which there must be one at least. */
    fun joining(nodes: List<String>) = Configuration(config.withValue(SEEDS, ConfigValueFactory.fromIterable(nodes)), data, simulation)

    /** The same for a node that joins [nodes] again, and ends when they do not answer. */
    fun joiningAgain(nodes: List<String>) =
        Configuration(joining(nodes).config.withValue(GIVES_UP, ConfigValueFactory.fromAnyRef(LONGEST_JOIN)), data, simulation)

    companion object {
        private const val ROLES = "pekko.cluster.roles"
        private const val ROLES_WANTED = "twitchactors.cluster.roles"
        private const val VERSION = "pekko.cluster.app-version"
        private const val SEEDS = "pekko.cluster.seed-nodes"
        private const val GIVES_UP = "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes"
        private const val LONGEST_JOIN = "20 s"
        private val IN_ITS_TIME = setOf(NodeRole.COLLECT, NodeRole.ARCHIVE, NodeRole.WEB)
        private val ASKING = setOf(NodeRole.COLLECT, NodeRole.WEB)

        /** The roles that the files and the environment give a node which is not there for one command only. */
        fun wantedRoles(): Set<NodeRole> = NodeRole.parse(ConfigurationFile.load().getString(ROLES_WANTED))

        /**
         * What the files and the environment say, for a data folder.
         *
         * @param roles of the node; none where there is to be no node
         * @param simulated what is collected from in place of Twitch; null: what the configuration says
         * @param settings that count more than those of files and environment
         */
        fun of(
            data: Path,
            roles: Set<NodeRole> = emptySet(),
            simulated: Simulation? = null,
            settings: Map<String, Any> = emptyMap(),
        ): Configuration {
            val loaded = ConfigFactory.parseMap(settings).withFallback(ConfigurationFile.load())
                .withValue(ROLES, ConfigValueFactory.fromIterable(roles.map { it.word }))
            // Who collects, and fetches pictures, has to know where; who keeps the nightly hour, and shows what is now, by which time.
            val simulation = simulated ?: if (roles.any { it in IN_ITS_TIME }) Simulation.of(loaded) else null
            val asks = simulated != null || roles.any { it in ASKING }
            val known = simulation?.takeIf { asks }?.replacesTwitchIn(loaded) ?: loaded
            val config = if (roles.isEmpty()) known else ofCluster(known)
            val join = config.getString("twitchactors.cluster.join").split(',').map(String::trim).filter(String::isNotEmpty)
            val alone = Configuration(config, data, simulation)
            return if (join.isEmpty()) alone else alone.joining(join)
        }

        /** The same as [config], with what a member of a cluster has to know. */
        private fun ofCluster(config: Config): Config {
            val safe = ClusterTls.of(config)?.over(config) ?: config
            val found = ClusterDiscovery.of(safe)?.overConfiguration() ?: safe
            // Of a program that was packed: the newest version of the members keeps the singletons and the allocation of shards.
            val version = Configuration::class.java.`package`.implementationVersion ?: return found
            return found.withValue(VERSION, ConfigValueFactory.fromAnyRef(version))
        }
    }
}
