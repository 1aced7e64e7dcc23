package twitchactors.services

import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path

class ServiceSettingsTest {
    private val shipped = ConfigFactory.parseResources("services.conf").resolve()

    private fun settings(vararg changes: Pair<String, Any>) = ServiceSettings.from(
        ConfigFactory.parseMap(changes.associate { "twitchactors.services.${it.first}" to it.second }).withFallback(shipped),
    )

    @Test
    fun `as shipped everything is embedded`() {
        val settings = settings()
        assertNull(settings.kafka)
        assertNull(settings.mariaDb)
        assertNull(settings.mongo)
        assertFalse(settings.allExternal)
        assertEquals("twitchactors", settings.mongoDatabase)
        assertEquals(90, settings.startTimeout.toSeconds())
        assertEquals(64L shl 20, settings.bufferPool)
    }

    @Test
    fun `each shipped key has a comment before it and an override from the environment after it`() {
        val lines = Files.readAllLines(Path.of("../../hocon/services.conf")).map(String::trim)
        val keys = lines.indices.filter { Regex("""[a-z-]+ = [^$].*""").matches(lines[it]) }
        assertTrue(keys.size >= 15, "found ${keys.size} keys")
        for (at in keys) {
            val key = lines[at].substringBefore(" =")
            val override = Regex(Regex.escape(key) + """ = \$\{\?TWITCHACTORS_[A-Z_]+}""")
            assertTrue(override.matches(lines[at + 1]), "$key has no override: ${lines[at + 1]}")
            assertTrue(lines.subList(0, at).takeLastWhile { it.isNotEmpty() }.any { it.startsWith("#") }, "$key has no comment")
        }
    }

    @Test
    fun `an address makes a service external`() {
        val settings = settings(
            "kafka.bootstrap-servers" to "a:1,b:2",
            "kafka.replication" to 3,
            "mariadb.url" to "jdbc:mysql://db:3306/streamers",
            "mariadb.password" to "geheim",
            "mongo.uri" to "mongodb://me:geheim@m1,m2/?replicaSet=r",
        )
        assertTrue(settings.allExternal)
        assertEquals("a:1,b:2", settings.kafka?.clientProperties?.get("bootstrap.servers"))
        assertEquals(3, settings.kafka?.replication?.toInt())
        assertEquals("jdbc:mariadb://db:3306/streamers", settings.mariaDb?.url)
        assertEquals("m1,m2", settings.mongo?.address)
        assertFalse("geheim" in "${settings.kafka} ${settings.mariaDb} ${settings.mongo}")
    }

    @Test
    fun `secrets and client properties come from files`(@TempDir folder: Path) {
        val password = Files.writeString(folder.resolve("password"), "geheim\n")
        val uri = Files.writeString(folder.resolve("uri"), "mongodb://m\n")
        val properties = Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SSL\n")
        val settings = settings(
            "kafka.bootstrap-servers" to "a:1",
            "kafka.properties-file" to properties.toString(),
            "mariadb.url" to "jdbc:mariadb://db/streamers",
            "mariadb.password-file" to password.toString(),
            "mongo.uri-file" to uri.toString(),
        )
        assertEquals("SSL", settings.kafka?.clientProperties?.get("security.protocol"))
        assertEquals("geheim", settings.mariaDb?.password)
        assertEquals("mongodb://m", settings.mongo?.uri)
    }

    @Test
    fun `what is wrong is named by its key`() {
        fun message(vararg changes: Pair<String, Any>) = assertThrows(BadInput::class.java) { settings(*changes) }.message.orEmpty()
        assertTrue("mariadb.url" in message("mariadb.url" to "db:3306"))
        assertTrue("kafka.replication" in message("kafka.bootstrap-servers" to "a:1", "kafka.replication" to 0))
        assertTrue("start-timeout" in message("start-timeout" to "soon"))
        assertTrue("mongo.uri-file" in message("mongo.uri-file" to "/no/such/file"))
    }
}
