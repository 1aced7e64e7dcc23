package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import twitchactors.store.SweptFigures
import twitchactors.store.SweptFigures.CategorySum
import java.lang.reflect.Proxy
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionException

class SharedSweptFiguresTest {
    private var nanos = 0L
    private var away = false
    private val asked = ArrayList<List<Any>>()

    /** Says how often it was asked before, as the hours of its only category. */
    private val figures = Proxy.newProxyInstance(javaClass.classLoader, arrayOf(SweptFigures::class.java)) { _, method, arguments ->
        if (away) error("away")
        asked += listOf(method.name) + arguments.orEmpty()
        if (method.name == "categories") listOf(CategorySum("Chess", asked.size - 1, 0.0, 0.0, 0, 0)) else emptyList<Any>()
    } as SweptFigures

    private val shared = SharedSweptFigures(figures) { nanos }
    private val begin = Instant.parse("2022-08-01T00:00:00Z")
    private val end = Instant.parse("2022-08-02T00:00:00Z")

    private fun asked(from: Instant = begin, to: Instant = end): Int = shared.categories(from, to).single().hours

    @Test
    fun `panels that ask for the same span have it read once`() {
        assertEquals(listOf(0, 0, 0), List(3) { asked() })
        assertEquals(listOf(listOf<Any>("categories", begin, end)), asked)
    }

    @Test
    fun `another span is another question`() {
        assertEquals(listOf(0, 1, 2, 0), listOf(asked(), asked(from = end), asked(to = begin), asked()))
    }

    @Test
    fun `after a moment it is read again`() {
        asked()
        nanos = Duration.ofSeconds(3).toNanos()
        assertEquals(1, asked())
    }

    @Test
    fun `what fails fails for all who ask in that moment, and is read again`() {
        away = true
        assertThrows(CompletionException::class.java) { asked() }
        away = false
        assertThrows(CompletionException::class.java) { asked() }
        nanos = Duration.ofSeconds(3).toNanos()
        assertEquals(0, asked())
    }

    @Test
    fun `what nobody shares goes through`() {
        shared.channels("Chess", begin, end, 3)
        shared.channels("Chess", begin, end, 3)
        assertEquals(2, asked.size)
    }
}
