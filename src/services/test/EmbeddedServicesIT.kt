package twitchactors.services

import com.mongodb.WriteConcern
import com.mongodb.client.MongoClients
import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.serialization.StringDeserializer
import org.bson.Document
import org.h2.mvstore.MVMap
import org.h2.mvstore.MVStore
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.BadInput
import twitchactors.services.SharedServices.Companion.eventually
import twitchactors.services.SharedServices.Started
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.sql.SQLException
import java.time.Duration

@ExtendWith(SharedServices::class)
class EmbeddedServicesIT(private val started: Started) {
    private val services = started.services

    @Test
    fun `what is written to each of the three is read back`() {
        val records = Records(services)
        records.write("héllo 🎮")
        assertEquals(emptySet<String>(), records.missing("héllo 🎮"))
        assertEquals(setOf("kafka", "mariadb", "mongo"), records.missing("never written"))
    }

    @Test
    fun `all are up, and this process owns the folder`() {
        assertTrue(services.owner)
        assertEquals(setOf("kafka", "mariadb", "mongo"), services.health().keys)
        eventually("all up") { services.health().values.all { it == Health.Up } }
        val owner = checkNotNull(Owner.read(started.data))
        assertEquals(services.kafka.bootstrapServers, owner.addresses["kafka"])
        assertEquals(services.mongo.address, owner.addresses["mongo"])
    }

    @Test
    fun `no password is on a command line, in an environment, in a log or readable by others`() {
        val pid = checkNotNull(services.mariaDbPid)
        val credentials = checkNotNull(MariaDbCredentials.read(started.data.resolve("mariadb/credentials")))
        val secrets = listOf(credentials.password, credentials.rootPassword)
        val visible = listOf("cmdline", "environ").map { Files.readAllBytes(Path.of("/proc/$pid/$it")).decodeToString() }
        val logs = Files.list(started.data.resolve("logs")).use { files -> files.map { Files.readAllBytes(it).decodeToString() }.toList() }
        val endpoints = listOf(services.mariaDb.toString(), Files.readString(Owner.file(started.data)))
        for (text in visible + logs + endpoints) for (secret in secrets) assertFalse(secret in text)
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(started.data.resolve("mariadb/credentials"))))
        assertFalse(Files.exists(started.data.resolve("mariadb/init.sql")))
    }

    @Test
    fun `the server's temporary tables are in the data folder`() {
        // Where servers share a folder for them, one that starts removes those of another in the middle of a query.
        val folder = Databases.pool(services.mariaDb, "test", 1).use { pool ->
            pool.connection.use { it.createStatement().executeQuery("SELECT @@tmpdir").apply { next() }.getString(1) }
        }
        assertTrue(Path.of(folder).startsWith(started.data), folder)
    }

    @Test
    fun `pages find the same documents by a port of their own, and the store goes on when that is asked no more`() {
        assertNotEquals(services.mongo.uri, services.mongo.pagesUri)
        MongoClients.create(services.mongo.uri).use { writer ->
            val written = writer.getDatabase("pages").getCollection("some")
            MongoClients.create(services.mongo.pagesUri).use { reader ->
                val read = reader.getDatabase("pages").getCollection("some")
                written.insertOne(Document("_id", "a").append("n", 1))
                assertEquals(1, read.find().first()?.getInteger("n"))
                written.replaceOne(Document("_id", "a"), Document("_id", "a").append("n", 2))
                assertEquals(2, read.find().first()?.getInteger("n"))
            }
            written.deleteOne(Document("_id", "a"))
            assertEquals(0, written.countDocuments())
        }
    }

    @Test
    fun `topics are made as wanted, and another number of partitions is refused by name`() {
        val sightings = TopicSpec("sightings-made", 8, Duration.ofDays(7))
        assertEquals(emptyList<String>(), Topics.ensure(services.kafka, listOf(sightings)))
        assertEquals(emptyList<String>(), Topics.ensure(services.kafka, listOf(sightings)), "the second time they are found")
        val refusal = assertThrows(BadInput::class.java) { Topics.ensure(services.kafka, listOf(sightings.copy(partitions = 16))) }
        assertTrue(refusal.message!!.startsWith("topic sightings-made has 8 partitions, 16 are configured"), refusal.message)
        val remarks = Topics.ensure(services.kafka, listOf(sightings.copy(retention = Duration.ofDays(14))))
        assertEquals(listOf("topic sightings-made has retention.ms=604800000, wanted is 1209600000"), remarks)
    }

    @Test
    fun `where topics must not be made, a missing one is named with what makes it`() {
        val forbidden = KafkaEndpoint(services.kafka.bootstrapServers, createTopics = false)
        val missing = assertThrows(ServiceUnavailable::class.java) {
            Topics.ensure(forbidden, listOf(TopicSpec("not-there", 4, Duration.ofDays(1))))
        }
        assertTrue("topic not-there is missing" in missing.message!! && "--partitions 4" in missing.message!!, missing.message)
    }

    @Test
    fun `more copies than brokers are refused`() {
        val three = KafkaEndpoint(services.kafka.bootstrapServers, replication = 3)
        val refusal = assertThrows(BadInput::class.java) { Topics.ensure(three, listOf(TopicSpec("copied", 1, null))) }
        assertTrue("kafka.replication" in refusal.message!!, refusal.message)
    }

    @Test
    fun `no topic comes into being by being asked for`() {
        KafkaConsumer(services.kafka.clientProperties, StringDeserializer(), StringDeserializer()).use { consumer ->
            runCatching { consumer.partitionsFor("asked-for", Duration.ofSeconds(5)) }
        }
        Admin.create(services.kafka.clientProperties).use { assertFalse("asked-for" in it.listTopics().names().get()) }
    }

    @Test
    fun `migrations are applied once, and a changed one is refused in one line`() {
        Databases.pool(services.mariaDb, "test", 2).use { pool ->
            assertEquals(2, Schema.migrate(pool))
            assertEquals(0, Schema.migrate(pool))
            pool.connection.use { it.createStatement().execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'") }
            val refusal = assertThrows(ServiceUnavailable::class.java) { Schema.migrate(pool) }
            assertFalse('\n' in refusal.message!!)
            assertTrue("checksum" in refusal.message!!.lowercase(), refusal.message)
        }
    }

    @Test
    fun `a statement that MariaDB does not answer fails, and the pool works on`() {
        Databases.pool(services.mariaDb, "test", 1, Duration.ofMillis(500)).use { pool ->
            val ask = { seconds: Int ->
                pool.connection.use { connection ->
                    connection.createStatement().use {
                        it.executeQuery("SELECT 7 + SLEEP($seconds)").use { row ->
                            row.next() &&
                                row.getInt(1) == 7
                        }
                    }
                }
            }
            assertThrows(SQLException::class.java) { ask(60) }
            assertTrue(ask(0))
        }
        Databases.pool(services.mariaDb, "test", 1).use { pool -> pool.connection.use { assertEquals(300_000, it.networkTimeout) } }
    }

    @Test
    fun `a MariaDB that ends by itself is started again on its port, and is down meanwhile`() {
        val before = checkNotNull(services.mariaDbPid)
        ProcessHandle.of(before).get().destroyForcibly()
        eventually("down") { services.health().getValue("mariadb") is Health.Down }
        eventually("up again", 60) { services.health().getValue("mariadb") == Health.Up }
        assertNotEquals(before, services.mariaDbPid)
        Records(services, "after-restart").write("after the restart")
    }

    @Test
    fun `external addresses are used as they are, and own nothing`() {
        val settings = ServiceSettings(services.kafka, services.mariaDb, services.mongo)
        val data = SharedServices.newFolder("external")
        Services.start(settings, data).use { external ->
            assertFalse(external.owner)
            assertEquals(services.kafka.bootstrapServers, external.kafka.bootstrapServers)
            assertFalse(Files.exists(Owner.file(data)))
            Records(external, "external").write("by its address")
        }
        assertEquals(emptySet<String>(), Records(services, "external").missing("by its address"))
    }

    @Test
    fun `an external service that does not answer is named with its address`() {
        val nowhere = ServerPorts.unused()
        val settings = ServiceSettings(services.kafka, services.mariaDb, MongoEndpoint("mongodb://u:geheim@127.0.0.1:$nowhere", "t"))
        val failure = assertThrows(ServiceUnavailable::class.java) { Services.start(settings, SharedServices.newFolder("nowhere")) }
        assertTrue("MongoDB at 127.0.0.1:$nowhere" in failure.message!! && '\n' !in failure.message!!, failure.message)
        assertFalse("geheim" in failure.message!!)
    }

    @Test
    fun `a second user in the same process gets the services of the first`() {
        Services.start(SharedServices.settings, started.data).use { second ->
            assertFalse(second.owner)
            assertEquals(services.mariaDb.url, second.mariaDb.url)
            assertEquals(services.mariaDb.password, second.mariaDb.password)
        }
        assertTrue(Records(services).runCatching { kafka() }.isSuccess, "the first still runs")
    }

    @Test
    fun `a write with j true and the command fsync are on disk when they are answered`() {
        val folder = SharedServices.newFolder("mongo")
        EmbeddedMongo.start(folder, Ports(folder.resolve("ports")), 8L shl 20).use { server ->
            MongoClients.create(server.endpoint("t").uri).use { client ->
                val documents = client.getDatabase("t").getCollection("c")
                documents.withWriteConcern(WriteConcern.JOURNALED).insertOne(Document("_id", "journaled"))
                assertTrue("journaled" in keysOnDisk(folder))
                documents.insertOne(Document("_id", "synced"))
                client.getDatabase("admin").runCommand(Document("fsync", 1))
                assertTrue("synced" in keysOnDisk(folder))
            }
        }
    }

    @Test
    fun `a system library that MariaDB lacks is named with its package`() {
        val failure = startWith("echo 'mariadbd: error while loading shared libraries: libcrypt.so.1: cannot open it'; exit 127")
        assertTrue("lacks libcrypt.so.1" in failure && "apt install libcrypt1" in failure && "TWITCHACTORS_MARIADB_URL" in failure, failure)
    }

    @Test
    fun `a MariaDB that cannot start says why in one line and where its log is`() {
        val failure = startWith("echo '2026-01-01 [ERROR] InnoDB: the disk is made of cheese'; exit 1")
        assertTrue("the disk is made of cheese" in failure && "mariadb.log" in failure && '\n' !in failure, failure)
    }

    /** The message of a start with a server that is only [script]; the other two services are those that run already. */
    private fun startWith(script: String): String {
        val data = SharedServices.newFolder("broken")
        val home = Files.createDirectories(data.resolve("home"))
        for (file in listOf("bin/mariadbd", "share/mariadb_system_tables.sql", "share/mariadb_system_tables_data.sql")) {
            Files.createDirectories(home.resolve(file).parent)
            Files.writeString(home.resolve(file), "#!/bin/sh\n$script\n")
        }
        home.resolve("bin/mariadbd").toFile().setExecutable(true)
        val settings = ServiceSettings(services.kafka, null, services.mongo, mariaDbHome = home)
        val failure = assertThrows(ServiceUnavailable::class.java) { Services.start(settings, data) }
        assertEquals(null, Owner.read(data), "the folder is given up")
        return failure.message.orEmpty()
    }

    /** The keys of every collection in a copy of the store, as a process would find them after a kill. */
    private fun keysOnDisk(folder: Path): String {
        val copy = Files.copy(folder.resolve("store.mv"), Files.createTempDirectory(folder, "copy").resolve("store.mv"))
        return MVStore.Builder().fileName(copy.toString()).readOnly().open().use { store ->
            store.mapNames.filter { it.startsWith("databases.") }.sorted().joinToString { name ->
                val documents = MVMap.Builder<Any, ByteArray>().valueType(BsonType())
                store.openMap(name, documents).keys.joinToString { it.toString() }
            }
        }
    }
}
