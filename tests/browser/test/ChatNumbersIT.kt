package twitchactors.browser

import org.bson.Document
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith
import kotlin.math.abs

/** The numbers of streamers are what the documents of the viewer database say. */
@ExtendWith(Stage::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
internal class ChatNumbersIT(private val demo: StartedDemo) {
    private val first = StartedDemo.DAYS[0]
    private val day by lazy { ChatDay(demo.models.all("viewer_days"), first) }

    private fun ask(panel: String, query: String): PanelData {
        demo.settle()
        return PanelData.of(demo.caller.get("/api/v1/panels/$panel$query", demo.session(demo.visitor)))
    }

    private fun assertNear(expected: Double, found: Double?, what: String) =
        assertTrue(found != null && abs(found - expected) <= 0.0002 + 1e-3 * abs(expected), "$what: $found for $expected")

    private fun Document.number(key: String) = get(key, Number::class.java).toDouble()

    @Test
    fun `streamers of a day, ranked`() {
        val data = ask("streamers-ranking", ONE_DAY)
        assertEquals(day.viewersOf.mapValues { it.value.toDouble() }, data.byText("streamer", "unique_chatters"))
        for (streamer in day.viewersOf.keys) {
            val live = checkNotNull(demo.models.document("streamer_days", "$streamer|$first")).get("live", Document::class.java)
            assertEquals(live.number("peak"), data.byText("streamer", "peak_viewers")[streamer], streamer)
        }
        val averages = data.rows.indices.map { data.number(it, "average_viewers")!! }
        assertEquals(averages.sortedDescending(), averages)
    }

    @Test
    fun `a streamer, and with whom the audience is shared`() {
        val streamer = ask("streamers-ranking", ONE_DAY).rows.first().getValue("streamer").content
        val numbers = ask("streamer-numbers", "$ONE_DAY&of=$streamer")
        assertEquals(day.viewersOf.getValue(streamer).toDouble(), numbers.number("unique_chatters"))
        val neighbours = ask("streamer-neighbours", "$ONE_DAY&of=$streamer&window=day")
        val shared = (day.viewersOf.keys - streamer).associateWith { day.shared(streamer, it).toDouble() }.filterValues { it >= HIDDEN }
        assertTrue(shared.isNotEmpty())
        assertEquals(shared, neighbours.byText("streamer", "shared"))
        assertNear(shared.values.max() / day.viewersOf.getValue(streamer), neighbours.number(0, "share"), "share")
    }

    private companion object {
        val ONE_DAY = "?period=custom&from=${StartedDemo.DAYS[0]}&to=${StartedDemo.DAYS[0]}"

        /** Smaller counts are not told. */
        const val HIDDEN = 5
    }
}
