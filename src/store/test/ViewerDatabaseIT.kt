package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import reactor.core.publisher.Flux
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.Partitions
import twitchactors.domain.Slot
import java.util.SplittableRandom
import java.util.concurrent.CompletionStage
import java.util.concurrent.atomic.AtomicInteger

@ExtendWith(TestStores::class)
class ViewerDatabaseIT(started: TestStores.Started) {
    private val database = started.viewers
    private val viewerDays = database.viewerDays

    /** One that no other test uses. */
    private val day = Day(days.incrementAndGet())
    private val anna = ViewerDayId(Login.require("anna"), day)
    private val bob = ViewerDayId(Login.require("bob"), day)

    private fun <T> CompletionStage<T>.now(): T = toCompletableFuture().get()

    private fun day(vararg sightings: Triple<String, String, Int>) = OpenDay(day).apply {
        for ((viewer, streamer, slot) in sightings) add(Login.require(viewer), Login.require(streamer), Slot(slot))
    }

    private fun batch(open: OpenDay, revision: Int) = ViewerDayDocuments.of(open, revision).batches().single()

    @Test
    fun `a viewer-day is read back as it was sealed`() {
        val open = day(Triple("anna", "zed", 12), Triple("anna", "zed", 13), Triple("anna", "ann", 13), Triple("anna", "zed", 55))
        assertEquals(Written(1, 0, emptyList()), viewerDays.write(batch(open, 3)).now())
        val expected = ViewerDay(anna, 15, 3, listOf(Presence(Login.require("ann"), "13"), Presence(Login.require("zed"), "12-13,55")))
        assertEquals(listOf(expected), viewerDays.read(listOf(bob, anna)).now())
    }

    @Test
    fun `a greater revision takes the place of a smaller one, and never the other way round`() {
        val one = day(Triple("anna", "s1", 1), Triple("bob", "s1", 1))
        val two = day(Triple("anna", "s1", 1), Triple("anna", "s2", 2))
        assertEquals(Written(2, 0, emptyList()), viewerDays.write(batch(one, 1)).now())
        assertEquals(Written(0, 1, emptyList()), viewerDays.write(batch(two, 2)).now())
        assertEquals(Written(0, 1, listOf(0)), viewerDays.write(batch(one, 1)).now())
        val found = viewerDays.read(listOf(anna, bob)).now().associateBy { it.id }
        assertEquals(2, found.getValue(anna).revision)
        assertEquals(2, found.getValue(anna).presences.size)
        assertEquals(1, found.getValue(bob).revision)
    }

    @Test
    fun `each of a mixed bulk has its own answer`() {
        val both = day(Triple("anna", "s1", 1), Triple("bob", "s1", 1), Triple("carl", "s1", 1), Triple("dora", "s1", 1))
        viewerDays.write(batch(day(Triple("bob", "s1", 2), Triple("dora", "s1", 2)), 9)).now()
        viewerDays.write(batch(day(Triple("carl", "s1", 2)), 1)).now()
        val batch = batch(both, 5)
        val written = viewerDays.write(batch).now()
        assertEquals(Written(1, 1, listOf(1, 3)), written)
        assertEquals(listOf("bob", "dora"), written.staleAt.map { batch.id(it).viewer.name })
    }

    @Test
    fun `writing the same twice changes nothing`() {
        val open = day(Triple("anna", "s1", 1), Triple("bob", "s1", 1))
        viewerDays.write(batch(open, 1)).now()
        val before = viewerDays.read(listOf(anna, bob)).now().toSet()
        assertEquals(Written(0, 2, emptyList()), viewerDays.write(batch(open, 1)).now())
        assertEquals(before, viewerDays.read(listOf(anna, bob)).now().toSet())
    }

    @Test
    fun `a day comes back in order, whatever the size of the questions`() {
        val open = OpenDay(day)
        val random = SplittableRandom(5)
        val logins = List(1000) { Login.require("viewer_$it") }.sorted()
        for (login in logins) repeat(3) { open.add(login, Login.require("s${random.nextInt(5)}"), Slot(random.nextInt(288))) }
        val documents = ViewerDayDocuments.of(open, 1)
        assertEquals(1000, documents.size)
        documents.batches(300).forEach { viewerDays.write(it).now() }
        val asked = logins + Login.require("zzz_nobody")
        for (size in listOf(7, 1000, 5000)) {
            val rows = Flux.from(viewerDays.rows(day, asked, size)).collectList().block()!!
            assertEquals(logins, rows.map { it.id.viewer })
            for (row in rows) {
                val expected = open.profileOf(row.id.viewer)
                assertEquals(expected.keys.toList(), row.presences.map { it.streamer })
                assertEquals(expected.values.flatten().flatten().distinct().size * 5, row.minutes)
            }
        }
    }

    @Test
    fun `all ids are walked through in order, and counted`() {
        val before = viewerDays.count().now()
        viewerDays.write(batch(day(Triple("anna", "s1", 1), Triple("bob", "s1", 1), Triple("bo", "s1", 1)), 1)).now()
        assertEquals(before + 3, viewerDays.count().now())
        val ids = generateSequence(viewerDays.ids("", 2).now()) { viewerDays.ids(it.last(), 2).now() }.takeWhile { it.isNotEmpty() }
        val all = ids.flatten().toList()
        assertEquals(all.sorted(), all)
        assertEquals(before + 3, all.size.toLong())
        assertEquals(listOf("anna|$day", "bob|$day", "bo|$day"), all.filter { it.endsWith("|$day") })
        assertEquals(1, viewerDays.deleteAny(listOf("bob|$day", "bob")).now())
        assertEquals(before + 2, viewerDays.count().now())
    }

    @Test
    fun `what is removed is gone, and only that`() {
        viewerDays.write(batch(day(Triple("anna", "s1", 1), Triple("bob", "s1", 1)), 1)).now()
        assertEquals(1, viewerDays.delete(listOf(anna, ViewerDayId(Login.require("nobody"), day))).now())
        assertEquals(listOf(bob), viewerDays.read(listOf(anna, bob)).now().map { it.id })
        assertEquals(0, viewerDays.delete(emptyList()).now())
        assertEquals(emptyList<ViewerDay>(), viewerDays.read(emptyList()).now())
    }

    @Test
    fun `a day's status is replaced as a whole, by an equal or greater revision`() {
        val statuses = database.dayStatuses
        val coverage = DayStatus.Coverage(10, 288, 100, 200, 100)
        val open = DayStatus(day, 0, 0, false, 0, 0, 0, null, coverage)
        val sealed = DayStatus(day, 2, 17, true, 3, 4, 5, "d".repeat(64), coverage.copy(slotsSeen = 288), true)
        assertNull(statuses.of(day).now())
        assertTrue(statuses.write(open).now())
        assertTrue(statuses.write(open.copy(viewers = 1)).now())
        assertEquals(open.copy(viewers = 1), statuses.of(day).now())
        assertTrue(statuses.write(sealed).now())
        assertFalse(statuses.write(open).now())
        assertEquals(sealed, statuses.of(day).now())
        assertTrue(sealed in statuses.all().now())
        assertTrue(statuses.delete(day).now())
        assertNull(statuses.of(day).now())
    }

    @Test
    fun `a random viewer is one of those picked, from any partition that has some`() {
        val lists = database.randomViewers
        val partitions = Partitions(4)
        val logins = List(20) { Login.require("viewer_$it") }.filter { partitions.of(it) == 2 }
        assertNull(lists.choose(day, partitions, SplittableRandom(1)).now())
        assertTrue(lists.write(day, 2, 2, logins).now())
        assertFalse(lists.write(day, 2, 1, emptyList()).now())
        val chosen = List(60) { lists.choose(day, partitions, SplittableRandom(it.toLong())).now() }
        assertEquals(logins.toSet(), chosen.toSet())
        assertTrue(lists.remove(day, logins[0], partitions).now())
        assertFalse(lists.remove(day, logins[0], partitions).now())
        assertEquals(logins.drop(1), lists.of(day, 2).now())
        assertEquals(1, lists.delete(day, partitions).now())
    }

    private companion object {
        val days = AtomicInteger(20_000)
    }
}
