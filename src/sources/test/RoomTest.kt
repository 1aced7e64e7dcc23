package twitchactors.sources

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import java.time.Duration
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executor
import java.util.concurrent.TimeUnit

internal class RoomTest {
    private val time = ChatTime()
    private val settings = ChatSettings(membershipLimit = 100, lateMessages = Duration.ofSeconds(1), answerWithin = Duration.ofSeconds(10))
    private val room = Room(Login.require("streamer"), settings, time.millis, time.nanos)
    private val name = ChatName()
    private val here = Executor { it.run() }
    private var heardAt = 0L
    private var pings = 0

    @Test
    fun `a list counts when it is told to its end`() {
        room.joined()
        named("a", "b")
        assertNull(room.membership(5))
        room.endOfNames()
        val chatters = room.membership(5)!!
        assertEquals(ChatterSource.MEMBERSHIP to true, chatters.source to chatters.isComplete)
        assertEquals(setOf("a", "b"), logins(chatters))
        room.came(login("c"))
        room.left(login("a"))
        room.came(null)
        assertEquals(setOf("b", "c") to 1, room.membership(5)!!.let { logins(it) to it.namesDropped })
    }

    @Test
    fun `a list that is told anew replaces the old one at its end, with who came and went meanwhile`() {
        list("a", "b", "ghost")
        room.namesAsked()
        named("a")
        room.came(login("c"))
        room.left(login("b"))
        named("d")
        assertEquals(setOf("a", "ghost", "c"), logins(room.membership(5)!!))
        room.endOfNames()
        assertEquals(setOf("a", "c", "d"), logins(room.membership(5)!!))
    }

    @Test
    fun `a server that goes in the middle of a list leaves none`() {
        list("old")
        room.namesAsked()
        named("a", "b")
        room.lost("gone", time.millis())
        room.joined()
        room.endOfNames()
        assertNull(room.membership(5))
        list("new")
        assertEquals(setOf("new"), logins(room.membership(5)!!))
    }

    @Test
    fun `a list near the limit or above it is not taken for all`() {
        list(*Array(89) { "v$it" })
        assertEquals(89, logins(room.membership(89)!!).size)
        list(*Array(90) { "v$it" })
        assertNull(room.membership(90))
        assertFalse(room.isListed)
        list(*Array(101) { "v$it" })
        assertNull(room.membership(101))
        list(*Array(80) { "v$it" })
        for (i in 80..100) room.came(login("v$i"))
        assertNull(room.membership(90))
    }

    @Test
    fun `few names for many who watch are operators`() {
        list("a", "b", "c", "d", "e")
        assertNotNull(room.membership(49), "below half the limit it is a small room with many who did not log in")
        assertNull(room.membership(50))
        list(*Array(12) { "v$it" })
        assertNotNull(room.membership(51))
        assertNull(room.membership(52))
    }

    @Test
    fun `where nobody knows how many watch, a short list of a quiet room is not called complete`() {
        list("a", "b")
        assertEquals(false, room.membership(null)?.isComplete)
        assertEquals(true, room.membership(5)?.isComplete)
        list(*Array(10) { "v$it" })
        assertEquals(true, room.membership(null)?.isComplete)
        list(*Array(9) { "v$it" })
        assertEquals(false, room.membership(null)?.isComplete)
        for (i in 0..7) room.wrote(login("v$i"), -1)
        assertEquals(true, room.membership(null)?.isComplete)
    }

    @Test
    fun `a list on which most authors are missing is not told on`() {
        list(*Array(30) { "v$it" })
        for (i in 0..3) room.wrote(login("v$i"), -1)
        for (i in 0..3) room.wrote(login("stranger$i"), -1)
        repeat(10) { room.wrote(login("stranger0"), -1) }
        assertNotNull(room.membership(40), "half of them are on it, and who writes often counts once")
        room.wrote(login("stranger4"), -1)
        assertNull(room.membership(40))
        list(*Array(30) { "v$it" })
        assertNotNull(room.membership(40), "a new list is judged anew")
    }

    @Test
    fun `messages are told when the slot is over and the chat was heard`() {
        room.joined()
        time.passSlot()
        val question = ask()
        room.wrote(login("a"), time.millis())
        room.wrote(login("b"), time.millis() + 70_000)
        room.wrote(login("a"), -1)
        room.wrote(null, -1)
        assertFalse(settled(question))
        time.passSlot()
        // Late, by the chat's clock still in the slot; and one of the next slot.
        room.wrote(login("late"), time.millis() - 1)
        room.wrote(login("next"), time.millis())
        assertFalse(settled(question), "what is late may still come")
        time.pass(1_000)
        assertFalse(settled(question), "nothing says that the connection lives")
        assertEquals(1, pings)
        heardAt = time.nanos()
        assertTrue(settled(question))
        val chatters = question.answer.getNow(null)!!
        assertEquals(ChatterSource.MESSAGES to false, chatters.source to chatters.isComplete)
        assertEquals(setOf("a", "b", "late") to 1, logins(chatters) to chatters.namesDropped)
        val perMinute = RoomQuestion.HowMuchIsSaid(question.slot, here).also { room.ask(it) }
        assertTrue(settled(perMinute).not(), "it is over since just now")
        time.pass(1_000)
        heardAt = time.nanos()
        assertTrue(settled(perMinute))
        assertArrayEquals(intArrayOf(3, 1, 0, 0, 1), perMinute.answer.getNow(null)!!)
    }

    @Test
    fun `nobody wrote is an answer, but not on a connection that is silent`() {
        room.joined()
        time.passSlot()
        val question = ask()
        val unheard = ask()
        time.passSlot()
        settled(question)
        time.pass(1_000)
        heardAt = time.nanos()
        assertTrue(settled(question))
        assertEquals(0, question.answer.getNow(null)!!.logins.size)
        assertTrue(unheard.answer.isDone)
        val next = ask()
        time.passSlot()
        settled(next)
        time.pass(10_000)
        assertTrue(settled(next))
        assertEquals("the chat is silent", reason(next))
    }

    @Test
    fun `a slot that was not listened to from end to end has no answer`() {
        val early = ask()
        time.pass(1_000)
        room.joined()
        time.passSlot()
        assertTrue(settled(early))
        assertEquals("its chat was joined in the middle of the slot", reason(early))
        val whole = ask()
        time.passSlot()
        settled(whole)
        // The connection breaks after the slot: the slot is whole all the same.
        room.lost("the chat ended the connection", time.millis() + 1)
        time.pass(1_000)
        assertTrue(settled(whole))
        assertNotNull(whole.answer.getNow(null)!!)
        val broken = ask()
        room.joined()
        time.passSlot()
        assertTrue(settled(broken))
        assertEquals("the chat ended the connection", reason(broken))
    }

    @Test
    fun `a list that comes in the slot answers who waits for it`() {
        val question = ask(liveViewers = 5)
        room.joined()
        assertFalse(question.answer.isDone)
        list("a")
        assertEquals(ChatterSource.MEMBERSHIP, question.answer.getNow(null)?.source)
        time.passSlot()
        time.passSlot()
        val past = RoomQuestion.WhoIsThere(time.slot - 1, 5, here).also { room.ask(it) }
        assertFalse(past.answer.isDone, "who is there now does not tell who was")
    }

    @Test
    fun `a slot that is long ago is refused`() {
        room.joined()
        repeat(6) {
            time.passSlot()
            room.wrote(login("a"), -1)
        }
        val old = RoomQuestion.WhoIsThere(time.slot - 4, 5, here).also { room.ask(it) }
        assertEquals("the slot is too long ago", reason(old))
    }

    @Test
    fun `a clock that is far off is not believed`() {
        room.joined()
        time.passSlot()
        val question = ask()
        room.wrote(login("a"), 7)
        room.wrote(login("b"), Long.MAX_VALUE)
        room.wrote(login("c"), time.millis() + 3_600_000)
        time.passSlot()
        settled(question)
        time.pass(1_000)
        heardAt = time.nanos()
        assertTrue(settled(question))
        assertEquals(setOf("a", "b", "c"), logins(question.answer.getNow(null)!!))
    }

    private fun ask(liveViewers: Int = 500) = RoomQuestion.WhoIsThere(time.slot, liveViewers, here).also { room.ask(it) }

    private fun settled(question: RoomQuestion<*>): Boolean {
        room.answerDue(heardAt) { pings++ }
        return question.answer.isDone
    }

    private fun reason(question: RoomQuestion<*>) =
        (assertThrows(ExecutionException::class.java) { question.answer.get(1, TimeUnit.SECONDS) }.cause as NoAnswer).reason

    private fun list(vararg names: String) {
        room.joined()
        room.namesAsked()
        named(*names)
        room.endOfNames()
    }

    private fun named(vararg names: String) {
        room.listing()
        names.forEach { room.listed(login(it)) }
    }

    private fun login(text: String): ChatName = text.toByteArray().let { bytes -> name.also { assertTrue(it.read(bytes, 0, bytes.size)) } }

    private fun logins(chatters: Chatters) = String(chatters.logins, Charsets.US_ASCII).split('\n').filter { it.isNotEmpty() }.toSet()
}
