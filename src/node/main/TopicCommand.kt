package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.core.subcommands
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import twitchactors.domain.BadInput
import twitchactors.services.Services
import twitchactors.topics.TopicCat
import java.nio.file.Files
import java.nio.file.Path

/** `topic`: looks at Kafka topics. */
class TopicCommand : CoreCliktCommand(name = "topic") {
    init {
        subcommands(Cat())
    }

    override fun help(context: Context) = """
        Shows what is in Kafka.

        Example:
          twitchactors topic cat samples --max 10
    """.trimIndent()

    override fun run() = Unit

    private class Cat : CoreCliktCommand(name = "cat") {
        private val topic by argument("NAME", help = "samples, sightings, dead-letters, twitch-categories or streams")
        private val from by option("--from", metavar = "OFFSET", help = "begin here in every partition (default: at the beginning)").long()
        private val max by option("--max", metavar = "N", help = "show no more records than this").long().default(Long.MAX_VALUE)
        private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

        override fun help(context: Context) = """
            Shows the records of a topic as JSON lines, up to what is there now. Viewers' logins are shown.

            Examples:
              twitchactors topic cat samples --max 10
              twitchactors topic cat dead-letters
        """.trimIndent()

        override fun run() {
            if (!Files.isDirectory(Path.of(data))) throw BadInput("$data: there is no such data folder; name it with --data")
            val configuration = Configuration.of(Path.of(data))
            Services.start(configuration.services, configuration.data) { System.err.println(it) }.use { services ->
                TopicCat(services.kafka).run(topic, from, max) { echo(it) }
            }
        }
    }
}
