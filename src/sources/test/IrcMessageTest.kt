package twitchactors.sources

import io.kotest.property.Arb
import io.kotest.property.arbitrary.byte
import io.kotest.property.arbitrary.byteArray
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

internal class IrcMessageTest {
    private val message = IrcMessage()

    @Test
    fun `a message of Twitch with tags`() {
        read(
            "@badge-info=;badges=;display-name=Ronni;room-id=1337;sent-ts=1;tmi-sent-ts=1507246572675;user-type= " +
                ":ronni!ronni@ronni.tmi.twitch.tv PRIVMSG #dallas :Kappa Keepo :Kappa",
        )
        assertEquals(IrcCommand.MESSAGE, message.command)
        assertEquals("ronni", nick())
        assertEquals(listOf("#dallas", "Kappa Keepo :Kappa"), parameters())
        assertEquals(1_507_246_572_675, message.numberTag("tmi-sent-ts".toByteArray()))
        assertEquals(-1, message.numberTag("display-name".toByteArray()))
        assertEquals(-1, message.numberTag("badges".toByteArray()))
        assertEquals(-1, message.numberTag("absent".toByteArray()))
    }

    @Test
    fun `a number that is none is no number`() {
        for (value in listOf("12x", "", "-5", "99999999999999999999", "1.5")) {
            read("@tmi-sent-ts=$value;a=1 :a!a@a PRIVMSG #b :c")
            assertEquals(-1, message.numberTag("tmi-sent-ts".toByteArray()), value)
        }
        read("@a=1;tmi-sent-ts=7 :a!a@a PRIVMSG #b :c")
        assertEquals(7, message.numberTag("tmi-sent-ts".toByteArray()))
    }

    @Test
    fun `a server's line, and one that ends with many parameters`() {
        read(":irc.example.org 353 justinfan1 = #room :@a b  c ")
        assertEquals(IrcCommand.NAMES, message.command)
        assertEquals("", nick())
        assertEquals(listOf("justinfan1", "=", "#room", "@a b  c "), parameters())
        read("PING tmi.twitch.tv")
        assertEquals(IrcCommand.PING to listOf("tmi.twitch.tv"), message.command to parameters())
        read("X " + (1..20).joinToString(" "))
        assertEquals(15, message.count)
        assertEquals("15 16 17 18 19 20", parameters().last())
        read(":a@host  QUIT")
        assertEquals("a" to emptyList<String>(), nick() to parameters())
    }

    @Test
    fun `a line without a command is none`() {
        for (line in listOf("", " ", "@a=b", "@a=b ", ":prefix", ":prefix  ", "@a :b")) assertFalse(tryRead(line), "'$line'")
    }

    @Test
    fun `no bytes make it fail, and every place is inside of the line`() = runBlocking<Unit> {
        val interesting = "@:;=! #\\abP1".toByteArray()
        val bytes = Arb.byteArray(Arb.int(0..60), Arb.byte())
        checkAll(2_000, bytes) { any ->
            // Half of the bytes are such as mean something.
            val line = ByteArray(any.size) { if (it % 2 == 0) interesting[(any[it].toInt() and 0xff) % interesting.size] else any[it] }
            val padded = ByteArray(line.size + 8) { if (it in 4 until line.size + 4) line[it - 4] else ' '.code.toByte() }
            if (!message.read(padded, 4, line.size + 4)) return@checkAll
            message.numberTag("a".toByteArray())
            assertTrue(message.nickFrom in 4..message.nickTo && message.nickTo <= line.size + 4)
            for (i in 0 until message.count) assertTrue(message.from(i) in 4..message.to(i) && message.to(i) <= line.size + 4)
        }
    }

    private fun read(line: String) = assertTrue(tryRead(line), line)

    private fun tryRead(line: String) = line.toByteArray().let { message.read(it, 0, it.size) }

    private fun nick() = String(message.bytes, message.nickFrom, message.nickTo - message.nickFrom)

    private fun parameters() = List(message.count) { message.text(it) }
}
