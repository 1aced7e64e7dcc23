package twitchactors.ops

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.LoggerContext
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.AppenderBase
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.slf4j.LoggerFactory
import twitchactors.domain.BadInput
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.services.ServiceUnavailable
import java.time.Instant
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.regex.PatternSyntaxException

/** The palette `log`: what this node logs, as it comes, and how much of it. */
class LogCommands {
    /** The log as it is written just now. */
    val palette: OpsPalette = OpsPalette(
        "log",
        "the log of this node",
        listOf(
            OpsCommand(TAIL) { asked, replies -> tail(asked, replies) },
            OpsCommand(LEVEL_COMMAND) { asked, _ -> level(asked) },
        ),
    )

    private val context: LoggerContext
        get() = LoggerFactory.getILoggerFactory() as? LoggerContext
            ?: throw ServiceUnavailable("this node logs by another system than Logback")

    private class Listening(private val least: Level, private val filter: Regex?, private val lines: LinkedBlockingQueue<ILoggingEvent>) :
        AppenderBase<ILoggingEvent>() {
        override fun append(event: ILoggingEvent) {
            if (!event.level.isGreaterOrEqual(least)) return
            if (filter != null && !filter.containsMatchIn("${event.loggerName} ${event.formattedMessage}")) return
            event.prepareForDeferredProcessing()
            lines.offer(event)
        }
    }

    private fun tail(asked: AskedCommand, replies: Replies): Answer {
        val filter = asked.optional(FILTER)?.let {
            try {
                Regex(it, RegexOption.IGNORE_CASE)
            } catch (wrong: PatternSyntaxException) {
                throw BadInput("'$it' is no regular expression: ${wrong.description}")
            }
        }
        val lines = LinkedBlockingQueue<ILoggingEvent>(MOST_LINES)
        val listening = Listening(levelOf(asked.value(LEVEL)), filter, lines)
        val root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
        listening.context = context
        listening.start()
        root.addAppender(listening)
        try {
            while (replies.isOpen) lines.poll(LISTEN_MS, TimeUnit.MILLISECONDS)?.let { replies.next(told(it)) }
        } finally {
            root.detachAppender(listening)
            listening.stop()
        }
        return Answer.said("the log is followed no more")
    }

    private fun told(event: ILoggingEvent): Answer {
        val at = Instant.ofEpochMilli(event.timeStamp).toString()
        val logger = event.loggerName.substringAfterLast('.')
        return Answer(
            listOf("$at ${event.level.toString().padEnd(5)} $logger: ${event.formattedMessage}"),
            buildJsonObject {
                put("at", at)
                put("level", event.level.toString())
                put("logger", event.loggerName)
                put("message", event.formattedMessage)
                event.throwableProxy?.let { put("failure", "${it.className}: ${it.message}") }
                event.mdcPropertyMap.forEach { (key, value) -> put(key, value) }
            },
        )
    }

    private fun level(asked: AskedCommand): Answer {
        val wanted = asked.optional(LEVEL)
        val name = asked.optional(LOGGER) ?: return levels()
        val logger = context.getLogger(name)
        if (wanted == null) return said(name, logger.effectiveLevel)
        logger.level = levelOf(wanted)
        return said(name, logger.effectiveLevel)
    }

    private fun said(name: String, level: Level) =
        Answer.said("$name logs from $level on", "logger" to JsonPrimitive(name), "level" to JsonPrimitive(level.toString()))

    /** Those that are set by themselves. */
    private fun levels(): Answer {
        val rows = Rows("loggers", "logger", "level")
        context.loggerList.filter { it.level != null }.forEach { rows.add(it.name, it.level) }
        return rows.answer()
    }

    private fun levelOf(word: String): Level = LEVELS.find { it.equals(word, ignoreCase = true) }?.let { Level.toLevel(it) }
        ?: throw BadInput("'$word' is no level; there are ${LEVELS.joinToString()}")

    private companion object {
        const val LEVEL = "level"
        const val LOGGER = "logger"
        const val FILTER = "regex"
        const val MOST_LINES = 10_000
        const val LISTEN_MS = 200L
        val LEVELS = listOf("ERROR", "WARN", "INFO", "DEBUG", "TRACE", "OFF")

        val TAIL = PaletteCommand(
            "tail",
            "Tells what is logged from now on. Only what loggers let through: see log level.",
            listOf(
                PaletteArgument(LEVEL, "the least level", listOf("-l", "--level"), default = "INFO", values = LEVELS - "OFF"),
                PaletteArgument(FILTER, "a regular expression for logger and message", listOf("-f", "--filter")),
            ),
            goesOn = true,
            examples = listOf("log tail", "log tail -l WARN -f 'partition 7'"),
        )
        val LEVEL_COMMAND = PaletteCommand(
            "level",
            "Tells from which level on loggers log, or sets it for one until the node ends.",
            listOf(
                PaletteArgument(
                    LOGGER,
                    "the logger and all below it",
                    values = listOf("twitchactors", "org.apache.pekko", "org.apache.kafka", "ROOT"),
                ),
                PaletteArgument(LEVEL, "the level it is set to", values = LEVELS),
            ),
            examples = listOf("log level", "log level twitchactors INFO"),
        )
    }
}
