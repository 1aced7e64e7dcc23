package twitchactors.days

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.NotSerializableException
import java.time.Instant

class DayEventSerializerTest {
    private val serializer = DayEventSerializer()
    private val at = Instant.parse("2022-08-02T00:15:01.234Z")

    private fun sealed(partitions: Int): DaySealed {
        val parts = List(partitions) { DayContent.PartitionSeal(it + 1, "%064x".format(it)) }
        return DaySealed(at, 3, DayContent("f".repeat(64), Long.MAX_VALUE, 2, 0, parts))
    }

    @Test
    fun `every event comes back as it was`() {
        for (event in listOf(DayOpened(at), DayClosed(at, "replay-é"), sealed(1), sealed(16), sealed(1024))) {
            assertEquals(event, serializer.fromBinary(serializer.toBinary(event), serializer.manifest(event)))
        }
    }

    @Test
    fun `the seal of the most partitions does not fit into a BLOB`() {
        assertTrue(serializer.toBinary(sealed(1024)).size > 65_535)
    }

    @Test
    fun `what is of another version, damaged or unknown is refused in words`() {
        fun refusal(bytes: ByteArray, manifest: String = "1") =
            assertThrows(NotSerializableException::class.java) { serializer.fromBinary(bytes, manifest) }.message.orEmpty()
        val bytes = serializer.toBinary(sealed(1))
        assertTrue("version '2'" in refusal(bytes, "2"))
        assertTrue("damaged" in refusal(bytes.copyOf(bytes.size - 5)))
        assertTrue("none that this program knows" in refusal(ByteArray(0)))
    }
}
