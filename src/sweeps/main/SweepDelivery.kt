package twitchactors.sweeps

import org.apache.kafka.clients.producer.ProducerRecord
import org.slf4j.LoggerFactory
import java.io.IOException
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * Brings what was swept to Kafka, and then into the CSV file [file], if there is one. A file that cannot be written costs only itself.
 *
 * @param blocking runs what writes to disk
 */
class SweepDelivery<Row>(
    private val publisher: RowPublisher,
    private val file: RowFile?,
    private val meter: SweepMeter,
    private val blocking: Executor,
    private val record: (Row) -> ProducerRecord<ByteArray, ByteArray>,
    private val fields: (Row) -> List<Any>,
) {
    fun deliver(swept: Swept<Row>): CompletionStage<*> =
        publisher.publish(swept.rows.map(record)).thenAcceptAsync({ write(swept) }, blocking)

    private fun write(swept: Swept<Row>) {
        if (file == null || swept.rows.isEmpty()) return
        try {
            file.append(swept.timestamp, swept.rows.map(fields))
        } catch (failure: IOException) {
            meter.unwritten.increment()
            log.warn("the sweep of {} is in Kafka but in no CSV file: {}", RowTimes.text(swept.timestamp), failure.message)
        }
    }

    private companion object {
        val log = LoggerFactory.getLogger(SweepDelivery::class.java)
    }
}
