package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class IrcLineTest {
    @Test
    fun `a line is a command and its parameters`() {
        fun parsed(text: String) = IrcLine.parse(text)?.let { listOf(it.command) + it.parameters }
        assertEquals(listOf("CAP", "REQ", "twitch.tv/tags twitch.tv/commands"), parsed("CAP REQ :twitch.tv/tags twitch.tv/commands\r\n"))
        assertEquals(listOf("JOIN", "#a,#b"), parsed("join #a,#b\r"))
        assertEquals(listOf("PING", "a b"), parsed("@id=1;x=y :someone PING :a b"))
        assertEquals(listOf("PONG", ""), parsed("PONG :"))
        assertEquals(listOf("NICK", "justinfan1"), parsed("  NICK   justinfan1  "))
        for (empty in listOf("", "\r\n", "   ", ":only-a-prefix", "@only=tags")) assertNull(parsed(empty), "'$empty'")
    }
}
