package twitchactors.simulator

import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Slot
import java.io.ByteArrayOutputStream
import java.security.MessageDigest
import java.util.HexFormat
import java.util.TreeMap
import java.util.TreeSet

class AnswerTest {
    @Test
    fun `the answer equals a recount of the chat lists of all good files, slot by slot`() = runBlocking<Unit> {
        checkAll(12, Arb.long(), Arb.int(1..400), Arb.int(1..12), Arb.int(0..40_000)) { seed, viewers, streamers, date ->
            val day = World(seed, viewers, streamers).day(Day(date))
            for (plan in listOf(FilePlan.regular(day), FilePlan.irregular(day))) {
                val out = ByteArrayOutputStream()
                val totals = Answer(day, plan).write(out)
                val recount = Recount(day, plan)
                assertEquals(recount.csv(), out.toString())
                assertEquals(recount.sightings(), totals.sightings)
                assertEquals(recount.slots.size.toLong(), totals.pairs)
                assertEquals(recount.slots.keys.map { it.first }.toSet().size, totals.viewers)
                assertEquals(recount.digest(), totals.digest)
                assertEquals(recount.samples.size, totals.samples)
                assertEquals((recount.gaps - recount.samples).size, totals.gaps)
                assertEquals(Slot.PER_DAY - recount.files.map { it.slot }.toSet().size, totals.slotsMissing)
                assertEquals(recount.files.size, totals.files)
            }
        }
    }

    @Test
    fun `names are sorted bytewise, digits before the underscore before letters`() {
        val names = World(5, 3_000, 10).names
        val order = NameOrder.of(names, names.count) { it }.map { names[it] }
        assertEquals(order.sorted(), order)
    }

    /** The plain way: a set of slots per pair, filled list by list. */
    private class Recount(day: WorldDay, plan: FilePlan) {
        val files = plan.files.filter { it.isGood }
        val slots = TreeMap<Pair<String, String>, TreeSet<Int>>(compareBy({ it.first }, { it.second }))
        val samples = HashSet<Pair<Int, Int>>()
        val gaps = HashSet<Pair<Int, Int>>()

        init {
            for (file in files) {
                for (streamer in 0 until day.streamers) {
                    when (plan.says(file, streamer)) {
                        FilePlan.Says.NOTHING -> Unit
                        FilePlan.Says.GAP -> gaps += streamer to file.slot
                        FilePlan.Says.EMPTY_LIST -> samples += streamer to file.slot
                        FilePlan.Says.NAMES -> {
                            samples += streamer to file.slot
                            day.chatters(streamer, file.slot).forEach { viewer ->
                                val pair = day.world.names[day.nameOfViewer(viewer)] to day.world.names[streamer]
                                slots.getOrPut(pair) { TreeSet() } += file.slot
                            }
                        }
                    }
                }
            }
        }

        fun sightings(): Long = slots.values.sumOf { it.size.toLong() }

        fun csv() = slots.entries.joinToString("", "viewer,streamer,samples,first_slot,last_slot\n") { (pair, seen) ->
            "${pair.first},${pair.second},${seen.size},${seen.first()},${seen.last()}\n"
        }

        fun digest(): String {
            val lines = slots.entries.joinToString("") { (pair, seen) -> seen.joinToString("") { "${pair.first},${pair.second},$it\n" } }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(lines.encodeToByteArray()))
        }
    }
}
