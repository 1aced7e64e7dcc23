package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class CursorTest {
    @Test
    fun `a cursor is what it was, for its own world only, and changed in any place it is none`() {
        val text = Cursor("chatters:7", 5_540_000, 0, 1000).text(42)
        val read = checkNotNull(Cursor.parse(text, 42))
        assertEquals(listOf<Any>("chatters:7", 5_540_000, 0, 1000), listOf(read.listing, read.moment, read.from, read.to))
        assertNull(Cursor.parse(text, 43))
        // The last character carries unused bits, so it is left out.
        for (at in 0 until text.length - 1) {
            val other = if (text[at] == 'A') 'B' else 'A'
            assertNull(Cursor.parse(text.replaceRange(at, at + 1, other.toString()), 42), "changed at $at")
        }
        for (wrong in listOf("", " ", "=", "é", "QUJD")) assertNull(Cursor.parse(wrong, 42))
    }
}
