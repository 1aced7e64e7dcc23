package twitchactors.domain

import io.kotest.property.Arb
import io.kotest.property.arbitrary.Codepoint
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.map
import io.kotest.property.arbitrary.of
import io.kotest.property.arbitrary.string
import io.kotest.property.arbitrary.triple
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.security.MessageDigest
import kotlin.random.Random

/** A day is the set of its sightings: order, duplicates, splits, saving and loading do not show. */
class OpenDayTest {
    private data class Sighting(val viewer: Login, val streamer: Login, val slot: Slot)

    private val day = Day.parse("2022-08-01")!!

    /** Few letters, so that names share beginnings and meet again; up to the greatest length. */
    private val logins = Arb.string(1..25, Arb.of("ab_1".map { Codepoint(it.code) })).map(Login::require)
    private val streamers = Arb.element(List(12) { Login.require("streamer_$it".take(25)) })
    private val sightings = Arb.list(
        Arb.triple(logins, streamers, Arb.int(0..287)).map { (viewer, streamer, slot) -> Sighting(viewer, streamer, Slot(slot)) },
        0..300,
    )

    private fun dayOf(sightings: Iterable<Sighting>) = OpenDay(day).apply { sightings.forEach { add(it.viewer, it.streamer, it.slot) } }

    /** The digest as docs/contract.md defines it, from sets of objects. */
    private fun digestOf(sightings: Iterable<Sighting>): String {
        val lines = sightings.toSet()
            .sortedWith(compareBy({ it.viewer.name }, { it.streamer.name }, { it.slot.index }))
            .joinToString("") { "${it.viewer},${it.streamer},${it.slot}\n" }
        return MessageDigest.getInstance("SHA-256").digest(lines.toByteArray()).joinToString("") { "%02x".format(it) }
    }

    @Test
    fun `has the digest of its sightings`() = runBlocking<Unit> {
        checkAll(sightings) { assertEquals(digestOf(it), dayOf(it).digest()) }
    }

    @Test
    fun `order and duplicates do not show`() = runBlocking<Unit> {
        checkAll(sightings, Arb.long()) { sightings, seed ->
            val shuffled = (sightings + sightings.shuffled(Random(seed)) + sightings.take(7)).shuffled(Random(seed + 1))
            assertEquals(dayOf(sightings).digest(), dayOf(shuffled).digest())
        }
    }

    @Test
    fun `parts joined in any order are the whole`() = runBlocking<Unit> {
        checkAll(sightings, Arb.int(1..5), Arb.long()) { sightings, count, seed ->
            val parts = sightings.groupBy { Random(seed + it.hashCode()).nextInt(count) }.values.map(::dayOf) + dayOf(sightings.take(20))
            val joined = OpenDay(day).apply { parts.shuffled(Random(seed)).forEach(::addAll) }
            assertEquals(dayOf(sightings).digest(), joined.digest())
        }
    }

    @Test
    fun `saving and loading in the middle does not show`() = runBlocking<Unit> {
        checkAll(sightings, Arb.int(0..300)) { sightings, cut ->
            val form = ByteSink().also { OpenDayForm.write(dayOf(sightings.take(cut)), it) }
            val loaded = OpenDayForm.read(form.copy())
            sightings.drop(cut).forEach { loaded.add(it.viewer, it.streamer, it.slot) }
            assertEquals(digestOf(sightings), loaded.digest())
        }
    }

    @Test
    fun `equal days have equal forms`() = runBlocking<Unit> {
        checkAll(sightings, Arb.long()) { sightings, seed ->
            val one = ByteSink().also { OpenDayForm.write(dayOf(sightings), it) }
            val other = ByteSink().also { OpenDayForm.write(dayOf(sightings.shuffled(Random(seed)) + sightings), it) }
            assertArrayEquals(one.copy(), other.copy())
        }
    }

    @Test
    fun `counts are those of the sets`() = runBlocking<Unit> {
        checkAll(sightings) { sightings ->
            val day = dayOf(sightings)
            assertEquals(sightings.toSet().size.toLong(), day.sightingCount)
            assertEquals(sightings.map { it.viewer to it.streamer }.toSet().size, day.pairCount)
            assertEquals(sightings.map { it.viewer }.toSet().size, day.viewerCount)
        }
    }

    @Test
    fun `a profile is what was seen of one viewer`() = runBlocking<Unit> {
        checkAll(sightings, logins) { sightings, stranger ->
            val day = dayOf(sightings)
            for (viewer in sightings.take(5).map { it.viewer } + stranger) {
                val expected = sightings.filter { it.viewer == viewer }
                    .groupBy({ it.streamer }, { it.slot.index })
                    .mapValues { it.value.toSortedSet().toList() }
                assertEquals(expected, day.profileOf(viewer).mapValues { (_, runs) -> runs.flatten() })
            }
        }
    }

    @Test
    fun `a damaged form is refused`() {
        val sightings = List(200) { Sighting(Login.require("viewer$it"), Login.require("s${it % 3}"), Slot(it)) }
        val form = ByteSink().also { OpenDayForm.write(dayOf(sightings), it) }.copy()
        for (at in form.indices) {
            val damaged = form.copyOf().also { it[at] = (it[at].toInt() xor (1 shl at % 8)).toByte() }
            assertThrows(DamagedForm::class.java) { OpenDayForm.read(damaged) }
            assertThrows(DamagedForm::class.java) { OpenDayForm.read(form, 0, at) }
        }
    }

    @Test
    fun `many names cost few bytes each`() {
        val day = OpenDay(day)
        val viewers = 100_000
        for (viewer in 0 until viewers) {
            val login = Login.require("viewer_${viewer.toString(36)}")
            repeat(3) { streamer ->
                repeat(4) { day.add(login, Login.require("s${streamer + viewer % 90}"), Slot((viewer * 7 + it) % 288)) }
            }
        }
        assertEquals(viewers, day.viewerCount)
        assert(day.bytes / viewers < 160) { "${day.bytes / viewers} bytes per viewer" }
    }
}
