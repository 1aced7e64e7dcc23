package twitchactors.services

import com.mongodb.client.MongoClients
import com.mongodb.client.model.Filters
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.StringDeserializer
import org.apache.kafka.common.serialization.StringSerializer
import org.bson.Document
import java.sql.Connection
import java.sql.DriverManager
import java.time.Duration

/** One value in each of the three services, written as durably as the product writes, and read back. */
internal class Records(private val services: Services, private val topic: String = "records") {
    fun write(value: String) {
        Topics.ensure(services.kafka, listOf(TopicSpec(topic, 2, Duration.ofDays(7))))
        KafkaProducer(services.kafka.clientProperties + mapOf("acks" to "all"), StringSerializer(), StringSerializer()).use {
            it.send(ProducerRecord(topic, 1, "key", value)).get()
        }
        mariaDb { connection ->
            connection.createStatement().execute("CREATE TABLE IF NOT EXISTS records (value VARCHAR(99) PRIMARY KEY, body LONGBLOB)")
            connection.prepareStatement("INSERT INTO records VALUES (?, ?)").use {
                it.setString(1, value)
                it.setBytes(2, ByteArray(100_000) { 7 })
                it.executeUpdate()
            }
        }
        MongoClients.create(services.mongo.uri).use {
            it.getDatabase(services.mongo.database).getCollection("records").insertOne(Document("_id", value))
        }
        services.makeDurable()
    }

    /** The names of those services that do not hold [value]. */
    fun missing(value: String): Set<String> = buildSet {
        if (value !in kafka()) add("kafka")
        if (value !in mariaDbValues()) add("mariadb")
        if (!inMongo(value)) add("mongo")
    }

    fun kafka(): Set<String> = KafkaConsumer(services.kafka.clientProperties, StringDeserializer(), StringDeserializer()).use { consumer ->
        val partitions = consumer.partitionsFor(topic).map { TopicPartition(topic, it.partition()) }
        consumer.assign(partitions)
        consumer.seekToBeginning(partitions)
        val ends = consumer.endOffsets(partitions)
        buildSet {
            while (ends.any { (partition, end) -> consumer.position(partition) < end }) {
                consumer.poll(Duration.ofMillis(200)).forEach { add(it.value()) }
            }
        }
    }

    private fun mariaDbValues(): Set<String> = mariaDb { connection ->
        connection.createStatement().executeQuery("SELECT value FROM records WHERE LENGTH(body) = 100000").use { rows ->
            buildSet { while (rows.next()) add(rows.getString(1)) }
        }
    }

    private fun inMongo(value: String): Boolean = MongoClients.create(services.mongo.uri).use {
        it.getDatabase(services.mongo.database).getCollection("records").find(Filters.eq("_id", value)).first() != null
    }

    private fun <T> mariaDb(use: (Connection) -> T): T =
        DriverManager.getConnection(services.mariaDb.url, services.mariaDb.user, services.mariaDb.password).use(use)
}
