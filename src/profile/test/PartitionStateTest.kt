package twitchactors.profile

import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.set
import io.kotest.property.arbitrary.triple
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.ByteSink
import twitchactors.domain.DamagedForm
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot

/** What a partition knows, without an actor: who is kept out leaves it, and a dropped day begins anew. */
class PartitionStateTest {
    private val day = Day.parse("2022-08-01")!!
    private val sightings = Arb.list(Arb.triple(Arb.int(0..20), Arb.int(0..5), Arb.int(0..287)), 0..150)
    private val some = listOf(Triple(1, 1, 10), Triple(2, 1, 10), Triple(2, 2, 11), Triple(3, 1, 12))

    private fun without(vararg viewers: Int, version: Long = 1) = KeptOut(version) { bytes, from, to ->
        viewers.none { "viewer$it" == String(bytes, from, to - from) }
    }

    private fun PartitionState.see(sightings: List<Triple<Int, Int, Int>>, day: Day = this@PartitionStateTest.day) {
        if (day !in knownDays) remember(day, null)
        for ((viewer, streamer, slot) in sightings) {
            val name = "viewer$viewer".toByteArray()
            see(day, Login.require("streamer$streamer"), slot, name) { add -> add(0, name.size) }
        }
    }

    /** The digest of [sightings], put together without any filter. */
    private fun digest(sightings: List<Triple<Int, Int, Int>>): String = OpenDay(day).apply {
        sightings.forEach { (viewer, streamer, slot) ->
            add(Login.require("viewer$viewer"), Login.require("streamer$streamer"), Slot(slot))
        }
    }.digest()

    private fun state(sightings: List<Triple<Int, Int, Int>> = some, list: KeptOut = KeptOut.NOBODY) =
        PartitionState(3, list).apply { see(sightings) }

    private fun form(state: PartitionState) = ByteSink(64).also { state.write(it) }.copy()

    private fun PartitionState.readBack(list: KeptOut = KeptOut.NOBODY) = PartitionState.read(partition, form(this), list)

    @Test
    fun `is read back as it was`() {
        val state = state()
        state.close(day, "feed", 1, 4)
        state.adopt(without(9, version = 1L shl 40))
        state.drop(day, "id 1")
        state.see(some)
        val back = state.readBack()
        assertArrayEquals(form(state), form(back))
        assertEquals(1L shl 40, back.keptOutVersion)
        assertFalse(back.drop(day, "id 1"))
        assertEquals(digest(some), back.open(day)!!.digest())
    }

    @Test
    fun `a checkpoint of the first version is read, as one that knows of no list`() {
        val state = state().apply { seal(day) }
        val now = form(state)
        assertEquals(listOf(2, 0, 0), now.take(3).map { it.toInt() })
        val first = byteArrayOf(1) + now.drop(3)
        val back = PartitionState.read(3, first, without(2, version = 7))
        assertEquals(0, back.keptOutVersion)
        assertEquals(1, back.revision(day))
        assertEquals(digest(some.filter { it.first != 2 }), back.open(day)!!.digest())
        assertThrows(DamagedForm::class.java) { PartitionState.read(3, byteArrayOf(3) + now.drop(1), KeptOut.NOBODY) }
        assertThrows(DamagedForm::class.java) { PartitionState.read(3, now.copyOf(now.size - 1), KeptOut.NOBODY) }
    }

    @Test
    fun `who is kept out is left out of a checkpoint, and of what comes after it`() = runBlocking<Unit> {
        checkAll(sightings, sightings, Arb.set(Arb.int(0..20), 0..5)) { before, after, gone ->
            val back = state(before).readBack(without(*gone.toIntArray()))
            back.see(after)
            assertEquals(digest((before + after).filter { it.first !in gone }), back.open(day)!!.digest())
        }
    }

    @Test
    fun `a list that is adopted counts for names that are new, and one who is let in again is known from then on`() {
        val state = state()
        state.adopt(without(7, version = 5))
        state.see(listOf(Triple(7, 1, 20)))
        assertEquals(digest(some), state.open(day)!!.digest())
        assertEquals(5, state.readBack(without(7, version = 5)).keptOutVersion)
        state.adopt(KeptOut(6, LoginFilter.All))
        state.see(listOf(Triple(7, 1, 21)))
        assertEquals(digest(some + Triple(7, 1, 21)), state.open(day)!!.digest())
    }

    @Test
    fun `the list is asked once for a name, however often it is seen`() {
        var asked = 0
        val state = PartitionState(
            3,
            KeptOut(1) { _, _, _ ->
                asked++
                true
            },
        )
        repeat(50) { state.see(some) }
        assertEquals(3, asked)
    }

    @Test
    fun `a sealed day without those kept out is the next revision of what is left`() = runBlocking<Unit> {
        checkAll(sightings, Arb.set(Arb.int(0..20), 0..5)) { sightings, gone ->
            val sealed = state(sightings).seal(day)!!
            val left = sightings.filter { it.first !in gone }
            val next = sealed.without(without(*gone.toIntArray()).admits)
            if (left.size == sightings.size) {
                assertNull(next)
            } else {
                assertEquals(2, next!!.revision)
                assertEquals(digest(left), next.digest)
                assertEquals(digest(left), OpenDayForm.read(next.form).digest())
                assertEquals(left.map { it.first }.distinct().size, next.viewers)
                assertEquals(left.map { it.first to it.second }.distinct().size, next.pairs)
                assertEquals(left.distinct().size.toLong(), next.sightings)
                assertNull(next.without(without(*gone.toIntArray()).admits))
            }
        }
    }

    @Test
    fun `a day in memory that was sealed again without somebody is not sealed once more for it`() {
        val sealed = state().apply { seal(day) }
        val list = without(2)
        val back = sealed.readBack(list)
        val next = state().seal(day)!!.without(list.admits)!!
        back.resealed(day, next.revision, next.digest)
        back.adopt(list)
        back.see(some)
        assertNull(back.seal(day))
        back.see(listOf(Triple(5, 1, 1)))
        assertEquals(3, back.seal(day)!!.revision)
    }

    @Test
    fun `a drop empties a day once, and its revisions go on`() {
        val state = state()
        assertEquals(1, state.seal(day)!!.revision)
        assertTrue(state.drop(day, "a"))
        assertEquals(0, state.open(day)!!.viewerCount)
        assertEquals(1, state.revision(day))
        state.see(some)
        assertFalse(state.drop(day, "a"))
        assertFalse(state.readBack().drop(day, "a"))
        assertNull(state.seal(day), "the same content again is the same revision")
        assertTrue(state.drop(day, "b"))
        state.see(some.drop(1))
        val sealed = state.seal(day)!!
        assertEquals(2, sealed.revision)
        assertEquals(digest(some.drop(1)), sealed.digest)
    }

    @Test
    fun `a dropped day stays in memory until it is sealed, and what was closed before counts no more`() {
        val state = state().apply { seal(day) }
        assertFalse(state.close(day, "feed", 0, 2))
        state.drop(day, "a")
        state.forget(0)
        assertEquals(setOf(day), state.knownDays)
        assertFalse(state.close(day, "feed", 1, 2))
        assertEquals(0, state.seal(day)!!.viewers)
        assertTrue(state.close(day, "feed", 0, 2))
        state.forget(0)
        assertEquals(emptySet<Day>(), state.knownDays)
        state.remember(day, null)
        assertFalse(state.drop(day, "a"), "a drop is known when its day is not in memory any more")
    }

    @Test
    fun `only the latest drops are kept`() {
        val state = state()
        repeat(100) { assertTrue(state.drop(day, "id $it")) }
        assertFalse(state.drop(day, "id 99"))
        assertFalse(state.drop(day, "id 40"))
        assertTrue(form(state).size < 1000)
        assertNotNull(state.readBack())
    }
}
