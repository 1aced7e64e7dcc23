package twitchactors.services

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.Logger
import ch.qos.logback.classic.LoggerContext
import ch.qos.logback.classic.encoder.PatternLayoutEncoder
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.FileAppender
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy
import ch.qos.logback.core.rolling.RollingFileAppender
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy
import ch.qos.logback.core.util.FileSize
import org.slf4j.LoggerFactory
import java.nio.file.Files
import java.nio.file.Path

/**
 * Sends what Kafka, the document store and the database clients log to files below a data folder's `logs`, and keeps it
 * from the terminal. The process that owns the folder writes one file per service, the others write `clients.log` together.
 */
internal class ServiceLogs private constructor(private val appenders: List<Pair<Logger, FileAppender<ILoggingEvent>>>) : AutoCloseable {
    override fun close() = appenders.forEach { (logger, appender) ->
        logger.detachAppender(appender)
        appender.stop()
    }

    companion object {
        private const val MAX_BYTES = 10L shl 20
        private val CHATTER = mapOf(
            "kafka" to listOf("org.apache.kafka", "kafka", "state.change.logger"),
            "mongo" to listOf("de.bwaldvogel", "io.netty", "org.mongodb"),
            "database" to listOf("com.zaxxer.hikari", "org.flywaydb", "org.mariadb"),
        )

        /** Nothing when another logging system than Logback is in use: then that one is set up by whoever chose it. */
        fun open(folder: Path, owner: Boolean): ServiceLogs {
            val context = LoggerFactory.getILoggerFactory() as? LoggerContext ?: return ServiceLogs(emptyList())
            Files.createDirectories(folder)
            val shared = if (owner) null else appender(context, folder.resolve("clients.log"), rolling = false)
            return ServiceLogs(
                CHATTER.flatMap { (file, loggers) ->
                    val appender = shared ?: appender(context, folder.resolve("$file.log"), rolling = true)
                    loggers.map { name ->
                        val logger = context.getLogger(name)
                        logger.isAdditive = false
                        logger.level = if (owner) Level.INFO else Level.WARN
                        logger.addAppender(appender)
                        logger to appender
                    }
                },
            )
        }

        private fun appender(context: LoggerContext, file: Path, rolling: Boolean): FileAppender<ILoggingEvent> {
            val appender = if (rolling) RollingFileAppender<ILoggingEvent>() else FileAppender<ILoggingEvent>()
            appender.context = context
            appender.file = file.toString()
            appender.encoder = PatternLayoutEncoder().also {
                it.context = context
                it.pattern = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{20} %msg%n"
                it.start()
            }
            if (appender is RollingFileAppender) roll(context, file, appender) else appender.isPrudent = true
            appender.start()
            return appender
        }

        private fun roll(context: LoggerContext, file: Path, appender: RollingFileAppender<ILoggingEvent>) {
            appender.rollingPolicy = FixedWindowRollingPolicy().also {
                it.context = context
                it.setParent(appender)
                it.fileNamePattern = "$file.%i"
                it.minIndex = 1
                it.maxIndex = 1
                it.start()
            }
            appender.triggeringPolicy = SizeBasedTriggeringPolicy<ILoggingEvent>().also {
                it.context = context
                it.setMaxFileSize(FileSize(MAX_BYTES))
                it.start()
            }
        }
    }
}
