package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.core.UsageError
import com.github.ajalt.clikt.core.subcommands
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.arguments.multiple
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.long
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.topics.DeadLetter
import twitchactors.topics.DeadLetterBox

/** `dead-letters`: records that could not be understood; to be looked at, and sent again. */
class DeadLettersCommand : CoreCliktCommand(name = "dead-letters") {
    init {
        subcommands(Listed(), Shown(), Replayed())
    }

    override fun help(context: Context) = """
        Shows records that could not be understood, and sends them again.

        Examples:
          twitchactors dead-letters list
          twitchactors dead-letters show 0
          twitchactors dead-letters replay 0 3
    """.trimIndent()

    override fun run() = Unit

    private class Listed : CoreCliktCommand(name = "list") {
        private val from by option("--from", metavar = "NUMBER", help = "begin with this one (default: the oldest)").long()
        private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
        private val json by option("--json", help = "print them as one JSON document").flag()

        override fun help(context: Context) = """
            Lists dead letters: number, time, where each stood, size, and why it is one. Not what it holds.

            Examples:
              twitchactors dead-letters list
              twitchactors dead-letters list --from 100 --json
        """.trimIndent()

        override fun run() = OnPipeline.run(data, roles = emptySet()) { running ->
            val box = DeadLetterBox(running.services.kafka)
            if (json) {
                echo(buildJsonObject { putJsonArray("dead_letters") { box.forEach(from) { add(document(it)) } } })
            } else {
                var count = 0
                box.forEach(from) {
                    count++
                    echo(
                        "${it.number}  ${it.at}  ${it.origin.topic} ${it.origin.partition}/${it.origin.offset}  " +
                            "${it.value?.size ?: 0} bytes  ${it.origin.reason}",
                    )
                }
                if (count == 0) echo("there are no dead letters")
            }
        }

        private fun document(letter: DeadLetter) = buildJsonObject {
            put("number", letter.number)
            put("at", letter.at.toString())
            put("topic", letter.origin.topic)
            put("partition", letter.origin.partition)
            put("offset", letter.origin.offset)
            put("bytes", letter.value?.size ?: 0)
            put("reason", letter.origin.reason)
            letter.cutFrom?.let { put("cut_from", it) }
        }
    }

    private class Shown : CoreCliktCommand(name = "show") {
        private val number by argument("NUMBER", help = "as 'list' shows it").long()
        private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

        override fun help(context: Context) = """
            Shows all of one dead letter as a JSON document, viewers' logins included.

            Example:
              twitchactors dead-letters show 3
        """.trimIndent()

        override fun run() = OnPipeline.run(data, roles = emptySet()) { running ->
            val box = DeadLetterBox(running.services.kafka)
            echo(box.document(box.get(number)))
        }
    }

    private class Replayed : CoreCliktCommand(name = "replay") {
        private val numbers by argument("NUMBER", help = "as 'list' shows them").long().multiple()
        private val all by option("--all", help = "all that there are").flag()
        private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

        override fun help(context: Context) = """
            Sends dead letters to where they came from, as they were: after a mend, or on a newer version. One that is still not understood becomes another dead letter; one that counts already changes nothing.

            Examples:
              twitchactors dead-letters replay 3 4
              twitchactors dead-letters replay --all
        """.trimIndent()

        override fun run() {
            if (all == numbers.isNotEmpty()) throw UsageError("name dead letters by their numbers, or --all")
            OnPipeline.run(data, roles = emptySet()) { running ->
                val box = DeadLetterBox(running.services.kafka)
                val letters = if (all) buildList { box.forEach { add(it) } } else numbers.distinct().map(box::get)
                box.replay(letters)
                letters.groupBy { it.origin.topic }.forEach { (topic, ofTopic) ->
                    AuditNotes(running, Patience(null)).note(
                        "dead-letters replay",
                        topic,
                        "${ofTopic.size} records: ${ofTopic.joinToString {
                            "${it.number}"
                        }}",
                    )
                }
                echo("${letters.size} sent again")
            }
        }
    }
}
