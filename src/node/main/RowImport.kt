package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.KafkaException
import org.apache.kafka.common.TopicPartition
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import twitchactors.services.ServiceUnavailable
import twitchactors.services.Topics
import twitchactors.store.RowPresence
import twitchactors.store.SweptTable
import twitchactors.sweeps.Ingest
import twitchactors.sweeps.RowFileReader
import twitchactors.sweeps.RowFileReader.Line
import twitchactors.sweeps.RowPublisher
import twitchactors.sweeps.RowRecords
import twitchactors.topics.RecordProducer
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

/**
 * Files of rows through the topics into MariaDB. Rows that are there are not sent again. When all others have been taken in, each line is
 * compared with the tables: what it tells of a line is what is in them then.
 */
class RowImport(private val running: Running, private val steps: Steps, private val patience: Patience) {
    /**
     * What came of a file.
     *
     * @param kind `categories` or `streams`
     * @param rows that are in MariaDB now
     * @param new rows that were not there before
     * @param rejected lines that are no rows, or whose place another row has
     * @param firstRejected the first of these with their reasons
     */
    class Imported(
        val file: String,
        val kind: String,
        val rows: Long,
        val new: Long,
        val rejected: Long,
        val firstRejected: List<Pair<Long, String>>,
    )

    /** Imports [files], each with its name for people. */
    fun run(files: List<Pair<String, RowFileReader>>): List<Imported> {
        // Of its own, and with an intake of its own: there may be no node, or one without that role.
        val config = ConfigFactory.parseString("pekko.actor.provider = local").withFallback(running.configuration.config)
        val system = ActorSystem.create(Behaviors.empty<Void>(), "import", config)
        try {
            Topics.ensure(running.services.kafka, running.configuration.topics.specs)
            val settings = RecordProducer.settings(system, running.services.kafka, running.configuration.topics)
            val intake = RowIntake(system, running.services.kafka, running.stores, running.configuration)
            try {
                return RowPublisher(system, settings).use { import(files, it) }
            } finally {
                runCatching { intake.stop().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS) }
            }
        } finally {
            system.terminate()
        }
    }

    private fun import(files: List<Pair<String, RowFileReader>>, publisher: RowPublisher): List<Imported> {
        val sent = HashMap<TopicPartition, Long>()
        val new = files.map { (name, reader) ->
            steps.begin("sending $name (lines)", 0)
            send(reader, publisher, sent)
        }
        if (sent.isNotEmpty()) {
            steps.begin("taking in", 0)
            Admin.create(running.services.kafka.clientProperties).use { admin ->
                patience.until("all rows to be taken in") {
                    goOn()
                    isTakenIn(admin, sent)
                }
            }
        }
        rollUp()
        return files.zip(new) { (name, reader), count ->
            steps.begin("comparing $name (lines)", 0)
            compare(name, reader, count)
        }
    }

    private fun send(reader: RowFileReader, publisher: RowPublisher, sent: MutableMap<TopicPartition, Long>): Long {
        var count = 0L
        inChunks(reader) { lines ->
            val there = presence(lines)
            val records = lines.filterNot { it is Line.Rejected }
                .filterIndexed { at, _ -> there[at] == RowPresence.ABSENT }
                .mapNotNull(::record)
            val last = publisher.publish(records).toCompletableFuture()
            patience.until("Kafka to take rows") {
                goOn()
                last.isDone
            }
            last.get().forEach { (partition, offset) -> sent.merge(partition, offset, ::maxOf) }
            count += records.size
            steps.advance(lines.size.toLong())
        }
        return count
    }

    private fun compare(name: String, reader: RowFileReader, new: Long): Imported {
        var rows = 0L
        var rejected = 0L
        val first = ArrayList<Pair<Long, String>>()
        fun reject(line: Line, reason: String) {
            System.err.println("rejected $name line ${line.number}: the line $reason")
            rejected++
            if (first.size < MOST_NAMED) first += line.number to reason
        }
        inChunks(reader) { lines ->
            val there = presence(lines).iterator()
            for (line in lines) {
                if (line is Line.Rejected) {
                    reject(line, line.reason)
                } else {
                    when (there.next()) {
                        RowPresence.SAME -> rows++
                        RowPresence.OTHER -> reject(line, Ingest.ANOTHER_ROW)
                        RowPresence.ABSENT -> reject(line, "was sent, but is not in MariaDB; see the dead letters")
                    }
                }
            }
            steps.advance(lines.size.toLong())
        }
        return Imported(name, reader.kind.name.lowercase(), rows, new, rejected, first)
    }

    /** What a node does now and then; there may be none. */
    private fun rollUp() {
        steps.begin("rolling up (hours)", 0)
        patience.until("hours and days to be rolled up") {
            goOn()
            var hours = 0L
            while (hours < HOURS_AT_A_TIME && running.stores.rollUps.rollUpOne()) hours++
            steps.advance(hours)
            hours < HOURS_AT_A_TIME
        }
    }

    private fun goOn() {
        if (running.services.ownerIsGone) throw OwnerGone()
    }

    private fun inChunks(reader: RowFileReader, take: (List<Line>) -> Unit) {
        val chunk = ArrayList<Line>(CHUNK)
        reader.read { line ->
            chunk += line
            if (chunk.size == CHUNK) {
                take(chunk)
                chunk.clear()
            }
        }
        if (chunk.isNotEmpty()) take(chunk)
    }

    /** Of those of [lines] that are rows. */
    private fun presence(lines: List<Line>): List<RowPresence> {
        val categories = lines.filterIsInstance<Line.OfCategory>().map { it.row }
        val streams = lines.filterIsInstance<Line.OfStream>().map { it.row }
        return presence(running.stores.categories, categories) + presence(running.stores.streams, streams)
    }

    private fun <Row> presence(table: SweptTable<Row>, rows: List<Row>): List<RowPresence> {
        var there = emptyList<RowPresence>()
        if (rows.isNotEmpty()) {
            patience.until("MariaDB") {
                goOn()
                there = table.presence(rows)
                true
            }
        }
        return there
    }

    private fun record(line: Line): ProducerRecord<ByteArray, ByteArray>? = when (line) {
        is Line.OfCategory -> RowRecords.of(line.row)
        is Line.OfStream -> RowRecords.of(line.row)
        is Line.Rejected -> null
    }

    private fun isTakenIn(admin: Admin, sent: Map<TopicPartition, Long>): Boolean {
        val committed = try {
            admin.listConsumerGroupOffsets(Ingest.GROUP).partitionsToOffsetAndMetadata().get()
        } catch (failure: ExecutionException) {
            if (failure.cause !is KafkaException) throw failure
            throw ServiceUnavailable("${running.services.kafka} does not answer: ${failure.cause?.message}; check that it runs", failure)
        }
        return sent.all { (partition, offset) -> (committed[partition]?.offset() ?: 0) > offset }
    }

    private companion object {
        /** Lines that are in memory at a time. */
        const val CHUNK = 5000

        /** Rejected lines that a summary names. */
        const val MOST_NAMED = 10_000

        const val STOP_SECONDS = 15L
        const val HOURS_AT_A_TIME = 100
    }
}
