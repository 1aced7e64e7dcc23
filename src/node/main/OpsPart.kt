package twitchactors.node

import twitchactors.collect.StreamerPollers
import twitchactors.ops.ActorCommands
import twitchactors.ops.ClusterCommands
import twitchactors.ops.LogCommands
import twitchactors.ops.NodeSystem
import twitchactors.ops.OpsDesk
import twitchactors.ops.OpsPalette
import twitchactors.ops.OpsServer
import twitchactors.ops.OpsSettings
import twitchactors.ops.ShardingCommands
import twitchactors.ops.UptimeCommand
import twitchactors.pbm.NodeFiles
import twitchactors.profile.ViewerPartitions
import twitchactors.topics.DeadLetterBox

/** What a process with a node offers those who operate it, until its services stop: the commands of pbm, metrics, health. */
internal class OpsPart private constructor(private val running: Running) {
    private val lag = KafkaLag(running)
    private val metrics = NodeMetrics(running, lag)
    private val system = NodeSystem { running.node?.system }
    private val audit = AuditedCommands(running.stores)

    private fun palettes(): List<OpsPalette> = listOf(
        ClusterCommands(system).palette,
        ShardingCommands(system, listOf(ViewerPartitions.TYPE.name(), StreamerPollers.TYPE.name())).palette,
        ActorCommands(system).palette,
        StreamerCommands(running).palette,
        DayCommands(running).palette,
        ViewerCommands(running).palette,
        KafkaCommands(lag).palette,
        DeadLetterCommands(DeadLetterBox(running.services.kafka)).palette,
        ArchiveCommands(running).palette,
        SimulatorCommands { running.configuration.simulation }.palette,
        AuditCommands(running.stores).palette,
        LogCommands().palette,
        UptimeCommand.palette,
    )

    private fun start(settings: OpsSettings) {
        val outside = OpsServer.Outside(metrics::text) { NodeHealth.of(running) }
        val files = NodeFiles(running.configuration.data)
        val server = OpsServer.start(settings, files, OpsDesk(palettes(), audit::note), outside) { System.err.println(it) }
        running.services.beforeStop {
            server.stop()
            metrics.close()
            lag.close()
        }
    }

    companion object {
        /** Starts what `twitchactors.ops` says of the node of [running]. */
        fun start(running: Running) {
            val settings = OpsSettings.from(running.configuration.config)
            if (settings.enabled) OpsPart(running).start(settings)
        }
    }
}
