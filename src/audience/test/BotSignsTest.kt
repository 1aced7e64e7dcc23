package twitchactors.audience

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.audience.BotSigns.Reason.AROUND_THE_CLOCK
import twitchactors.audience.BotSigns.Reason.LISTED
import twitchactors.audience.BotSigns.Reason.MANY_CHANNELS
import twitchactors.audience.BotSigns.Reason.SEVERAL_CHANNELS

class BotSignsTest {
    private fun has(login: String) = KnownBots.shipped.has(login.toByteArray().copyOf(32), login.length)

    @Test
    fun `a browser that was left open is no bot, one with several streams is`() {
        assertFalse(BotSigns(false, 1, 288).isBot)
        assertFalse(BotSigns(false, 9, 263).isBot)
        assertEquals(setOf(SEVERAL_CHANNELS, AROUND_THE_CLOCK), BotSigns(false, 5, 264).reasons)
        assertTrue(BotSigns(false, 5, 264).isBot)
        assertEquals(70, BotSigns(false, 5, 264).score)
    }

    @Test
    fun `one in ten chats at once is a bot`() {
        assertEquals(setOf(MANY_CHANNELS), BotSigns(false, 10, 1).reasons)
        assertTrue(BotSigns(false, 10, 1).isBot)
    }

    @Test
    fun `one on a list is a bot, and no score is above 100`() {
        assertEquals(setOf(LISTED), BotSigns(true, 1, 1).reasons)
        assertEquals(100, BotSigns(true, 30, 288).score)
    }

    @Test
    fun `the lists that are brought along have their names`() {
        assertTrue(listOf("nightbot", "streamelements", "0ax2", "7tvapp", "stygian_styx").all(::has))
        assertFalse(listOf("ibai", "nightbo", "nightbot_").any(::has))
        assertEquals(1266, KnownBots.shipped.size)
    }
}
