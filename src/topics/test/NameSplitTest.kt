package twitchactors.topics

import com.google.protobuf.ByteString
import io.kotest.property.Arb
import io.kotest.property.arbitrary.Codepoint
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.of
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.domain.Partitions

class NameSplitTest {
    private val login = Arb.string(1..25, Arb.of("abcdefghijklmnopqrstuvwxyz0123456789_".map { Codepoint(it.code) }))

    @Test
    fun `each login goes to its partition, in order`(): Unit = runBlocking {
        checkAll(500, Arb.list(login, 0..200), Arb.int(1..40)) { names, count ->
            val partitions = Partitions(count)
            val split = NameSplit(partitions)
            split.split(logins("left", "over"))
            split.split(logins(*names.toTypedArray()))
            val expected = names.groupBy { partitions.of(Login.require(it)) }
            for (partition in 0 until count) {
                val part = split.part(partition)
                assertEquals(expected[partition].orEmpty().joinToString("\n"), part.toStringUtf8())
                assertEquals(part.size(), split.size(partition))
                assertEquals(part.isEmpty, split.isEmpty(partition))
            }
        }
    }

    @Test
    fun `logins of a further chunk join those before`() {
        val split = NameSplit(Partitions(1))
        split.split(logins("a", "b"))
        split.add(logins("c"))
        assertEquals("a\nb\nc", split.part(0).toStringUtf8())
        split.split(logins())
        assertTrue(split.isEmpty(0))
        assertEquals(ByteString.EMPTY, split.part(0))
    }

    private fun logins(vararg names: String) = Logins.of(Samples.logins(*names))
}
