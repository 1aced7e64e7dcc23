package twitchactors.sources

import io.kotest.property.Arb
import io.kotest.property.arbitrary.boolean
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

internal class RoomNamesTest {
    private val name = ChatName()

    @Test
    fun `it is a set of names`() = runBlocking<Unit> {
        checkAll(200, Arb.list(Arb.pair(Arb.boolean(), Arb.int(0..60)), 0..300)) { steps ->
            val names = RoomNames(1_000)
            val model = HashSet<String>()
            for ((comes, number) in steps) {
                val login = "viewer_".repeat(number % 4) + number
                if (comes) model += login else model -= login
                if (comes) names.add(named(login)) else names.remove(named(login))
                assertEquals(login in model, names.has(named(login)!!))
            }
            assertEquals(model.size, names.size)
            assertEquals(model, logins(names).toSet())
            assertEquals(model.size, logins(names).size)
        }
    }

    @Test
    fun `those who left are forgotten in the end`() {
        val names = RoomNames(1_000)
        repeat(200_000) {
            names.add(named("passer_by_$it"))
            if (it % 1_000 != 0) names.remove(named("passer_by_$it"))
        }
        assertEquals(200, names.size)
        assertTrue(names.bytes < 100_000, "${names.bytes} bytes")
    }

    @Test
    fun `of more than the limit none is kept`() {
        val names = RoomNames(5)
        repeat(5) { names.add(named("v$it")) }
        names.add(named("v0"))
        assertFalse(names.isOver)
        names.add(named("v5"))
        assertTrue(names.isOver)
        names.remove(named("v0"))
        names.add(named("v0"))
        assertEquals(0, names.size)
        assertEquals(emptyList<String>(), logins(names))
    }

    @Test
    fun `capitals are folded, and what is no login is counted`() {
        val names = RoomNames(5)
        for (text in listOf("UPPER_Case1", "upper_case1", "with-dash", "", "é", "x".repeat(26), "x".repeat(25))) names.add(named(text))
        assertEquals(setOf("upper_case1", "x".repeat(25)), logins(names).toSet())
        assertEquals(4, names.dropped)
        names.remove(null)
        assertEquals(3, names.dropped)
    }

    private fun named(text: String): ChatName? = text.toByteArray().let { bytes -> name.takeIf { it.read(bytes, 0, bytes.size) } }

    private fun logins(names: RoomNames) = String(names.logins(), Charsets.US_ASCII).split('\n').filter { it.isNotEmpty() }
}
