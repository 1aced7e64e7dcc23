package twitchactors.ops

import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import twitchactors.pbm.PaletteCommand
import java.lang.management.ManagementFactory
import java.time.Duration
import java.time.Instant

/** The palette `uptime`, which is one command. */
object UptimeCommand {
    val palette: OpsPalette = OpsPalette(
        "uptime",
        "since when the node runs",
        listOf(OpsCommand(PaletteCommand("", "Tells since when the process of this node runs, and which one it is.")) { _, _ -> answer() }),
    )

    private fun answer(): Answer {
        val machine = ManagementFactory.getRuntimeMXBean()
        val started = Instant.ofEpochMilli(machine.startTime)
        val up = Duration.ofMillis(machine.uptime)
        val pid = ProcessHandle.current().pid()
        return Answer(
            listOf("up ${up.toDays()} d ${up.toHoursPart()} h ${up.toMinutesPart()} min since $started, process $pid"),
            buildJsonObject {
                put("started_at", started.toString())
                put("seconds", up.toSeconds())
                put("pid", pid)
                put("java", machine.vmVersion)
            },
        )
    }
}
