package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.analyser.SeenDay
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import twitchactors.domain.Slot
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionStage

/** What only pages ask of the stores. */
@ExtendWith(TestStores::class)
class PageReadsIT(started: TestStores.Started) {
    private val dataSource = started.dataSource
    private val database = started.viewers

    // Days that no other test uses.
    private val day = Day.parse("2031-01-01")!!
    private val next = Day.parse("2031-01-02")!!

    private fun <T> CompletionStage<T>.now(): T = toCompletableFuture().get()

    @Test
    fun `a look at a day is read back, and gives way to a later one`() {
        val slots = List(288) { slot ->
            when (slot) {
                0 -> DayLook.OfSlot(true, 5, mapOf("timed out" to 2, "a reason. with \$ and dots" to 1))
                1 -> DayLook.OfSlot(true, 0, emptyMap())
                287 -> DayLook.OfSlot(true, 0, mapOf("timed out" to 7))
                else -> DayLook.OfSlot(false, 0, emptyMap())
            }
        }
        val archive = DayLook.KeptFile("2031-01-01.7z", 20_800_000_000, "ab".repeat(32))
        val at = Instant.parse("2031-01-02T02:00:01.123Z")
        val look = DayLook(day, at, 3, slots, mapOf("chatters" to 5L), archive, null, 1, listOf("a file: is damaged; mend it"))
        val bare = DayLook(next, Instant.EPOCH, 1, emptyList(), emptyMap(), null, null, 0, emptyList())
        database.dayLooks.write(look.copy(revision = 1, findings = emptyList())).now()
        database.dayLooks.write(look).now()
        database.dayLooks.write(bare).now()
        assertEquals(setOf(look, bare), database.dayLooks.of(listOf(day, next, Day.parse("2031-01-03")!!)).now().toSet())
        assertEquals(mapOf("a reason. with \$ and dots" to 1, "timed out" to 9), look.gaps)
    }

    @Test
    fun `slots are counted as samples come in`() {
        val heads = SampleHeads(dataSource)
        fun head(streamer: String, slot: Int, hasChatters: Boolean) =
            SampleHead(Login.require(streamer), day, Slot(slot), 7, "chatters", false, hasChatters, hasChatters, 9, "t", "c", "1")
        heads.write(listOf(head("anna", 3, true), head("bert", 3, true), head("carl", 3, false), head("anna", 4, false)), 0)
        // The gap of this one closes.
        heads.write(listOf(head("anna", 4, true)), 0)
        assertEquals(mapOf(3 to SampledSlots.OfSlot(2, 1), 4 to SampledSlots.OfSlot(1, 0)), SampledSlots(dataSource).of(day))
        assertEquals(emptyMap<Int, SampledSlots.OfSlot>(), SampledSlots(dataSource).of(next))
    }

    @Test
    fun `all lists of some days are one set`() {
        val partitions = Partitions(4)
        fun logins(vararg names: String) = names.map(Login::require)
        database.randomViewers.write(day, 0, 1, logins("anna", "bert")).now()
        database.randomViewers.write(day, 3, 1, logins("carl")).now()
        database.randomViewers.write(next, 0, 1, logins("anna")).now()
        assertEquals(logins("anna", "bert", "carl").toSet(), database.randomViewers.all(listOf(day, next), partitions).now())
        assertEquals(logins("anna").toSet(), database.randomViewers.all(listOf(next), partitions).now())
        assertEquals(emptySet<Login>(), database.randomViewers.all(emptyList(), partitions).now())
    }

    @Test
    fun `viewers are counted without being read`() {
        val before = database.viewers.count().now()
        val seen = SeenDay(day, 0, 1, List(24) { if (it == 1) 2 else 0 }, mapOf(Login.require("anna") to 2), emptyMap())
        val new = listOf("page_reads_one", "page_reads_two").map(Login::require)
        database.viewers.apply(day, new.associateWith { seen }).now()
        assertEquals(before + 2, database.viewers.count().now())
        database.viewers.apply(day, new.associateWith { null }).now()
        assertEquals(before, database.viewers.count().now())
    }

    @Test
    fun `nodes say how they are, and who has said nothing of late is not told of`() {
        val vitals = NodeVitals(dataSource)
        val one = NodeVitals.Vitals("pekko://c@one:1", 10, 20, null, 3, 4, 5)
        val two = one.copy(address = "pekko://c@two:1", resident = 99)
        vitals.say(one.copy(heapUsed = 1))
        listOf(one, two).forEach(vitals::say)
        val said = vitals.said(Duration.ofMinutes(1))
        assertEquals(setOf(one, two), said.values.map { it.vitals }.toSet())
        assertTrue(said.values.all { it.age < Duration.ofMinutes(1) && !it.age.isNegative })
        dataSource.update("UPDATE node_vitals SET said_at = TIMESTAMPADD(HOUR, -30, said_at) WHERE address = ?", two.address)
        assertEquals(setOf(one.address), vitals.said(Duration.ofMinutes(1)).keys)
        assertEquals(1, vitals.forget(Duration.ofDays(1)))
    }
}
