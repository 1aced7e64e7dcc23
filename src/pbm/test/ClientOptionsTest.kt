package twitchactors.pbm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.Path

class ClientOptionsTest {
    private fun read(line: String) = ClientOptions.read(line.split(' ').filter { it.isNotEmpty() })

    @Test
    fun `an address may come first, and options stand anywhere`() {
        val options = read("127.0.0.1:9110 --data /srv/t cluster show --json --timeout=5")
        assertEquals("127.0.0.1:9110", options.address)
        assertEquals(Path.of("/srv/t"), options.data)
        assertTrue(options.namesData)
        assertFalse(read("uptime").namesData)
        assertEquals(listOf("cluster", "show"), options.words)
        assertEquals(5L, options.timeoutSeconds)
        assertTrue(options.json)
        assertFalse(options.yes)
    }

    @Test
    fun `hosts are known by their port`() {
        for (address in listOf(
            "node-1.example:9110",
            "[::1]:9110",
            "https://node.example:443",
        )) {
            assertEquals(address, read("$address uptime").address)
        }
        val command = read("simulator fault server-error:0.1")
        assertNull(command.address)
        assertEquals(listOf("simulator", "fault", "server-error:0.1"), command.words)
        assertEquals(Path.of("data"), command.data)
    }

    @Test
    fun `bad options are refused`() {
        for (line in listOf("--data", "--timeout 0 uptime", "--timeout soon uptime")) {
            assertThrows(WrongCommand::class.java, {
                read(line)
            }, line)
        }
    }
}
