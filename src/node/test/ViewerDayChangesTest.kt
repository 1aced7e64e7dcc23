package twitchactors.node

import io.kotest.property.Arb
import io.kotest.property.arbitrary.boolean
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.triple
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot
import kotlin.random.Random

/** Whatever of earlier revisions is in the viewer database: after the changes it says what the latest one says. */
class ViewerDayChangesTest {
    private val day = Day.parse("2022-08-01")!!
    private val sightings = Arb.list(Arb.triple(Arb.int(0..15), Arb.int(0..2), Arb.int(0..3)), 0..40)

    private fun form(sightings: List<Triple<Int, Int, Int>>): ByteArray {
        val open = OpenDay(day)
        for ((viewer, streamer, slot) in sightings) open.add(Login.require("v$viewer"), Login.require("s$streamer"), Slot(slot))
        return ByteSink(64).also { OpenDayForm.write(open, it) }.copy()
    }

    private fun byViewer(sightings: List<Triple<Int, Int, Int>>) =
        sightings.groupBy({ "v${it.first}" }, { it.second to it.third }).mapValues { it.value.toSet() }

    /** What the documents of [changes] say is taken from [now]: their content is tested where they are made. */
    private fun apply(database: MutableMap<String, Set<Pair<Int, Int>>>, changes: ViewerDayChanges, now: Map<String, Set<Pair<Int, Int>>>) {
        for (batch in changes.written(9)) for (i in 0 until batch.size) batch.id(i).viewer.name.let { database[it] = now.getValue(it) }
        for (ids in changes.removed()) for (id in ids) database.remove(id.viewer.name)
    }

    @Test
    fun `a whole revision and parts of later ones become the latest`() = runBlocking<Unit> {
        checkAll(Arb.list(sightings, 1..4), sightings, Arb.boolean(), Arb.int()) { before, now, isWhole, seed ->
            val random = Random(seed)
            val database = mutableMapOf<String, Set<Pair<Int, Int>>>()
            if (isWhole) database += byViewer(before.first())
            for (part in if (isWhole) before.drop(1) else before) database += byViewer(part).filter { random.nextBoolean() }
            apply(database, ViewerDayChanges(form(now), before.map(::form), isWhole), byViewer(now))
            assertEquals(byViewer(now), database)
        }
    }

    @Test
    fun `the same again changes nothing, and without a whole one before all is written`() = runBlocking<Unit> {
        checkAll(sightings) { sightings ->
            val form = form(sightings)
            val same = ViewerDayChanges(form, listOf(form), true)
            assertTrue(!same.removed().hasNext() && same.written(2).asSequence().sumOf { it.size } == 0)
            assertEquals(byViewer(sightings).size, ViewerDayChanges(form, emptyList(), false).written(1).asSequence().sumOf { it.size })
        }
    }

    @Test
    fun `more than a batch comes in batches`() {
        val many = List(2100) { Triple(it, 0, 1) }
        val changes = ViewerDayChanges(form(many), emptyList(), false)
        val gone = ViewerDayChanges(form(emptyList()), listOf(form(many)), true)
        assertEquals(2100, changes.written(1).asSequence().onEach { assertTrue(it.size <= 500) }.sumOf { it.size })
        assertEquals(2100, gone.removed().asSequence().onEach { assertTrue(it.size <= 500) }.flatten().toSet().size)
    }
}
