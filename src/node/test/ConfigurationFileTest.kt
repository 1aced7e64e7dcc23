package twitchactors.node

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.writeText

class ConfigurationFileTest {
    @TempDir
    private lateinit var folder: Path

    private fun file(text: String): Path = folder.resolve("node.conf").apply { writeText(text) }

    @Test
    fun `a file counts more than the shipped ones, whether or not it includes them, and what follows from a key follows it`() {
        for (include in listOf("", "include classpath(\"application.conf\")\n")) {
            val config = ConfigurationFile.of(
                file(include + "twitchactors.topics.viewer-partitions = 7\npekko.cluster.failure-detector.heartbeat-interval = 5 s"),
            )
            assertEquals(7, config.getInt("twitchactors.topics.viewer-partitions"))
            assertEquals("5 s", config.getString("pekko.cluster.failure-detector.heartbeat-interval"))
        }
    }

    @Test
    fun `what is wrong with a file is said in a line that names it`() {
        fun refused(path: Path) = assertThrows<BadInput> { ConfigurationFile.of(path) }.message.orEmpty()
        assertTrue("there is no such file" in refused(folder.resolve("absent.conf")))
        assertTrue("node.conf: 2" in refused(file("a = 1\nb = = {")), refused(file("a = 1\nb = = {")))
        assertTrue("twitchactors.topics.viewer-partition;" in refused(file("twitchactors.topics.viewer-partition = 3")))
    }

    @Test
    fun `each shipped file of a deployment is one that a node can be started by`() {
        val files = Path.of("../../hocon/deployments").listDirectoryEntries("*.conf")
        assertTrue(files.size >= 3, "$files")
        for (file in files) {
            val config = ConfigurationFile.of(file)
            val join = config.getString("twitchactors.cluster.join").split(',').filter { it.isNotEmpty() }
            join.forEach { assertTrue(Regex("pekko://twitchactors@[^:@]+:[0-9]+").matches(it), "$file: $it") }
            // Every module reads its own part, and refuses what it cannot work by.
            assertEquals(folder, Configuration(config, folder, simulation = null).data)
            NodeRole.parse(config.getString("twitchactors.cluster.roles"))
        }
    }
}
