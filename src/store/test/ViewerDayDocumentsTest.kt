package twitchactors.store

import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.triple
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.bson.BsonDocument
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.Slot

class ViewerDayDocumentsTest {
    private val day = Day.parse("2022-08-01")!!

    @Test
    fun `have the agreed form`() {
        val open = OpenDay(day)
        for (slot in (12..40) + 55) open.add(Login.require("anna"), Login.require("streamer"), Slot(slot))
        val document = ViewerDayDocuments.of(open, 3).batches().single().documents().single()
        assertEquals(BsonDocument.parse("""{"_id": "anna|2022-08-01", "s": {"streamer": "12-40,55"}, "m": 150, "r": 3}"""), document)
    }

    @Test
    fun `say what the day says, in batches of any size`() = runBlocking<Unit> {
        checkAll(Arb.list(Arb.triple(Arb.int(0..30), Arb.int(0..9), Arb.int(0..287)), 0..300), Arb.int(1..40)) { sightings, size ->
            val open = OpenDay(day)
            for ((viewer, streamer, slot) in sightings) open.add(Login.require("v$viewer"), Login.require("s$streamer"), Slot(slot))
            val documents = ViewerDayDocuments.of(open, 1)
            val batches = documents.batches(size)
            assertEquals(open.viewerCount, documents.size)
            assertTrue(batches.dropLast(1).all { it.size == size })
            val expected = sightings.groupBy({ "v${it.first}" }, { "s${it.second}" to it.third }).toSortedMap()
            val found = batches.flatMap { batch -> batch.documents().mapIndexed { i, document -> batch.id(i) to document } }
            assertEquals(expected.keys.toList(), found.map { it.first.viewer.name })
            for ((id, document) in found) {
                val viewerDay = ViewerDay.read(document.asBsonReader())
                val seen = expected.getValue(id.viewer.name)
                assertEquals(id, viewerDay.id)
                assertEquals(seen.map { it.second }.distinct().size * 5, viewerDay.minutes)
                assertEquals(seen.map { it.first }.distinct().sorted(), viewerDay.presences.map { it.streamer.name })
            }
        }
    }

    @Test
    fun `a sample of viewers has the wanted size, no twins, and is the same each time`() {
        val open = OpenDay(day)
        for (i in 0 until 1000) for (s in 0..2) open.add(Login.require("viewer_$i"), Login.require("s$s"), Slot(i % 288))
        fun pick(limit: Int, day: Day = this.day) = ViewerSample(day, limit).also(open::forEach).logins
        assertEquals(1000, pick(5000).toSet().size)
        assertEquals(1000, pick(5000).size)
        assertEquals(50, pick(50).toSet().size)
        assertEquals(pick(50), pick(50))
        assertTrue(pick(100).containsAll(pick(50)))
        assertTrue(pick(50) != pick(50, Day(day.epochDay + 1)))
    }
}
