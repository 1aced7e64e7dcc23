package twitchactors.browser

import org.bson.Document
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith
import java.security.MessageDigest
import java.util.HexFormat
import kotlin.io.path.fileSize
import kotlin.io.path.readBytes
import kotlin.math.abs

/** The numbers of streamers, viewers and days are what the documents of the viewer database and the files of the archive say. */
@ExtendWith(Stage::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
internal class ChatNumbersIT(private val demo: StartedDemo) {
    private val first = StartedDemo.DAYS[0]
    private val day by lazy { ChatDay(demo.models.all("viewer_days"), first) }

    private fun ask(panel: String, query: String = "", account: Account = demo.visitor): PanelData {
        demo.settle()
        return PanelData.of(demo.caller.get("/api/v1/panels/$panel$query", demo.session(account)))
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

    @Test
    fun `viewers, and one of them`() {
        val known = ask("viewers-known")
        assertEquals(demo.models.all("viewers").size.toDouble(), known.number("tracked"))
        val random = demo.caller.get("/viewers/random", demo.session(demo.visitor), Caller.PAGE)
        assertEquals(303, random.status)
        val pseudonym = random.header("location")!!.removePrefix("/viewers/").substringBefore('?')
        val shown = ask("viewer-numbers", "?of=$pseudonym")
        val login = ask("viewer-identity", "?of=$pseudonym", demo.admin).rows.single().getValue("login").content
        val days = demo.models.all("viewer_days").filter { it.getString("_id").startsWith("$login|") }.map(ChatDay::slots)
        assertTrue(days.isNotEmpty(), "the login of $pseudonym is none")
        assertEquals(days.size.toDouble(), shown.number("days"))
        assertNear(days.sumOf { hours(it.values.flatten().toSet()) }, shown.number("hours"), "hours")
        val ofStreamers = days.flatMap { it.entries }.groupBy({ it.key }, { hours(it.value) }).mapValues { it.value.sum() }
        assertEquals(ofStreamers.size.toDouble(), shown.number("streamers"))
        val favourites = ask("viewer-streamers", "?of=$pseudonym").byText("streamer", "hours")
        assertTrue(favourites.isNotEmpty())
        favourites.forEach { (streamer, hours) -> assertNear(ofStreamers.getValue(streamer), hours, streamer) }
    }

    private fun hours(slots: Set<Int>) = slots.size * 5 / 60.0

    @Test
    fun `the state of the days, and the archive's files`() {
        val data = ask("status-numbers")
        val coverage = demo.status(first).get("coverage", Document::class.java)
        assertEquals(StartedDemo.DAYS.size.toDouble(), data.number("sealed"))
        assertEquals(1.0, data.number("verified"))
        val sanity = coverage.number("samples_seen") / coverage.number("samples_expected")
        assertNear(sanity, data.number("sanity"), "samples of what was expected")
        assertEquals(coverage.number("gaps"), data.number("gaps"))
        val files = listOf("7z", "parquet").map { demo.data.path.resolve("archive/$first.$it") }
        assertEquals(files.sumOf { it.fileSize() }.toDouble(), data.number("archives"))
        val archive = ask("archives").rows.single()
        assertEquals(first, archive.getValue("day").content)
        val digest = MessageDigest.getInstance("SHA-256").digest(files[0].readBytes())
        assertEquals(HexFormat.of().formatHex(digest), archive.getValue("sha256").content)
    }

    @Test
    fun `the cluster and its partitions`() {
        val members = ask("cluster-members", account = demo.admin)
        assertTrue(members.rows.isNotEmpty())
        val owned = demo.models.number("SELECT COUNT(*) FROM partition_checkpoints").toDouble()
        assertEquals(owned, members.rows.indices.sumOf { members.number(it, "partitions")!! })
        assertEquals(owned.toInt(), ask("cluster-partitions", account = demo.admin).rows.size)
        assertEquals(404, demo.caller.get("/api/v1/panels/cluster-members", demo.session(demo.visitor)).status)
    }

    @Test
    fun `the map is that of the last sealed day, and says who shares whom`() {
        val last = StartedDemo.DAYS[1]
        val stored = checkNotNull(demo.models.document("communities", last))
        val people = stored.getList("streamers", String::class.java).zip(stored.getList("viewers", Number::class.java)).toMap()
        val map = ask("community-map")
        assertEquals(people.mapValues { it.value.toDouble() }, map.byText("streamer", "size"))
        for (row in map.rows) {
            val streamer = row.getValue("streamer").content
            val overlaps = checkNotNull(demo.models.document("overlaps", "$streamer|$last"))
            val shared = overlaps.getList("with", String::class.java).zip(overlaps.getList("shared_people", Number::class.java)).toMap()
            val most = shared.values.map { it.toInt() }.filter { it > 0 }.sortedDescending().take(NEIGHBOURS)
            val said = row.getValue("neighbours").content.split(", ").filter { it.isNotEmpty() }
            assertEquals(most, said.map { it.substringAfter('(').removeSuffix(")").toInt() }, streamer)
            said.forEach { assertEquals(it, it.substringBefore(' ').let { other -> "$other (${shared[other]})" }) }
        }
        val sizes = stored.getList("community", Number::class.java).groupingBy { it.toInt() }.eachCount().values
        val told = ask("communities").run { rows.indices.map { number(it, "streamers")!!.toInt() } }
        assertEquals(sizes.sorted(), told.sorted())
    }

    private companion object {
        val ONE_DAY = "?period=custom&from=${StartedDemo.DAYS[0]}&to=${StartedDemo.DAYS[0]}"

        /** Smaller counts are not told. */
        const val HIDDEN = 5

        /** So many of those with whom a streamer shares most stand on the map. */
        const val NEIGHBOURS = 5
    }
}
