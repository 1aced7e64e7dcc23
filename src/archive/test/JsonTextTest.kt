package twitchactors.archive

import io.kotest.property.Arb
import io.kotest.property.arbitrary.codepoints
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import twitchactors.domain.ByteSink

class JsonTextTest {
    @Test
    fun `what is written is read as it was`() = runBlocking<Unit> {
        checkAll(2000, Arb.string(0..40, Arb.codepoints())) { any ->
            val text = JsonText.whole(any, any.length)
            assertEquals(text, decoded(encoded(text)))
        }
    }

    @Test
    fun `quotes, backslashes and control characters are escaped, and nothing else`() {
        assertEquals("\"a\\\"b\\\\c\\u0000\\u000a\\u001f é😀/\u007f\"", encoded("a\"b\\c\u0000\n\u001f é😀/\u007f"))
    }

    private fun encoded(text: String) = ByteSink().also { JsonText.encode(text, it) }.copy().decodeToString()

    private fun decoded(json: String): String = json.toByteArray().let { JsonText.decode(it, 1, it.size - 1) }
}
