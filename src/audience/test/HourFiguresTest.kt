package twitchactors.audience

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Worked by hand from the definitions. */
class HourFiguresTest {
    private fun sample(slot: Int, viewers: Int?, chatters: Int?, game: String, language: String = "fr") =
        LiveSample(slot, viewers, hasChatters = chatters != null, game = game, streamId = "1", language = language, chatters = chatters)

    @Test
    fun `a sample counts in the hour and game in which it was taken, for as long as it speaks`() {
        val hours = HourFigures.of(
            Broadcast(
                listOf(
                    sample(10, 100, 60, "Chess"),
                    // 13 is missing behind it: it speaks for ten minutes, of which five are of the next hour.
                    sample(11, 200, 250, "Chess"),
                    sample(13, 300, null, "Chess"),
                    sample(14, null, 80, "Music", language = "en"),
                ),
            ),
        )
        assertEquals(listOf(0 to "Chess", 1 to "Chess", 1 to "Music"), hours.map { it.hour to it.game })
        val (first, second, third) = hours
        assertEquals(listOf(15, 5, 5), hours.map { it.live.airtime })
        assertEquals(100L * 5 + 200 * 10, first.live.viewerMinutes)
        assertEquals(15 to 60L * 5 + 250 * 10, first.counted to first.chatterMinutes)
        assertEquals(40L * 5, first.live.anonymousMinutes)
        assertEquals(250 to 200, first.chattersPeak to first.live.peak)
        // Nobody says who was there: a gap, and nothing to compare.
        assertEquals(listOf(0, 0, 1), listOf(second.counted, second.live.compared, second.live.gaps))
        assertEquals(listOf(5, 0, 0), listOf(third.counted, third.live.measured, third.live.compared))
        assertEquals("en", third.language)
    }

    @Test
    fun `the language is the last one that is known`() {
        val samples = listOf(sample(1, 1, 1, "Chess"), sample(2, 1, 1, "Chess", "de"), sample(3, 1, 1, "Chess", ""))
        assertEquals(listOf("de"), HourFigures.of(Broadcast(samples)).map { it.language })
    }

    @Test
    fun `how many there were of a sample that does not say it is not known, and not nobody`() {
        val unknown = LiveSample(1, 50, hasChatters = true, streamId = "1")
        val hour = HourFigures.of(Broadcast(listOf(unknown))).single()
        assertEquals(listOf(0, 0), listOf(hour.counted, hour.live.compared))
        assertEquals(null, hour.chattersPeak)
    }
}
