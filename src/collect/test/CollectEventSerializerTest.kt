package twitchactors.collect

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.io.NotSerializableException

class CollectEventSerializerTest {
    private val serializer = CollectEventSerializer()
    private val one = Login.require("one")

    @Test
    fun `every event comes back as it was`() {
        val day = Day(19_205)
        val events = listOf(
            Pinned(one),
            Unpinned(one),
            Paused(one),
            Resumed(one),
            RosterChanged(DaySlot.of(day, 287), List(2000) { Login.require("s_$it") }, listOf(one)),
            RosterChanged(DaySlot.of(day, 0), emptyList(), emptyList()),
            DayBegun(day, listOf(0, Long.MAX_VALUE, 7)),
            DayEnded(day),
            DayEnded(Day(0)),
        )
        for (event in events) assertEquals(event, serializer.fromBinary(serializer.toBinary(event), serializer.manifest(event)))
        // Each kind there is.
        assertEquals(7, events.map { it::class }.toSet().size)
    }

    @Test
    fun `what is of another version, damaged or unknown is refused in words`() {
        fun refusal(bytes: ByteArray, manifest: String = "1") =
            assertThrows(NotSerializableException::class.java) { serializer.fromBinary(bytes, manifest) }.message.orEmpty()
        val bytes = serializer.toBinary(Pinned(one))
        assertTrue("version '2'" in refusal(bytes, "2"))
        assertTrue("damaged" in refusal(bytes.copyOf(bytes.size - 1)))
        assertTrue("damaged" in refusal(bytes.copyOf().also { it[it.size - 1] = '!'.code.toByte() }))
        assertTrue("none that this program knows" in refusal(ByteArray(0)))
    }
}
