package twitchactors.ops

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class RowsTest {
    @Test
    fun `numbers stand on the right, unknown ones are a dash for people and null for programs`() {
        val rows = Rows("lag", "topic", "behind by", "roles")
        rows.add("samples", 5, listOf("a", "b"))
        rows.add("x", null, emptyList<String>())
        val answer = rows.answer("Count: 2")
        assertEquals(listOf("topic    behind by  roles", "samples          5  a,b", "x                -  -", "Count: 2"), answer.lines)
        assertEquals(
            """{"lag":[{"topic":"samples","behind_by":5,"roles":["a","b"]},{"topic":"x","behind_by":null,"roles":[]}]}""",
            answer.json.toString(),
        )
    }

    @Test
    fun `a count is of one thing or of several`() {
        val rows = Rows("entities", "id")
        assertEquals(listOf("Count: 0 entities"), rows.counted("entity", "entities").lines)
        rows.add("a")
        assertEquals("Count: 1 entity", rows.counted("entity", "entities").lines.last())
        rows.add("b")
        assertEquals("Count: 2 things", rows.counted("thing").lines.last())
    }
}
