package twitchactors.collect

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.javadsl.AskPattern
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.sources.NoAnswer
import twitchactors.sources.StreamList
import twitchactors.sources.TwitchApi
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** The roster with its journal in memory, in a time that passes when the test says so. */
class RosterKeeperTest {
    private val first = DaySlot.at(Instant.parse("2022-08-01T10:00:00Z"))
    private val time = TestTime(first.startsAt.plusSeconds(100))
    private val board = CollectBoard()
    private val settings = CollectSettings(languages = listOf("fr", "en"), top = 3, pinned = logins("configured"))
    private val unpinned = CollectSettings(languages = listOf("fr"), top = 3)

    /** By language; null: no answer. */
    private val top = HashMap<String, List<String>?>()
    private val questions = ArrayList<Pair<String, Int>>()
    private var held: CompletableFuture<StreamList>? = null
    private val api = object : TwitchApi by MemoryTwitch() {
        override fun topStreams(language: String, count: Int): CompletionStage<StreamList> {
            questions += language to count
            held?.let { return it }
            val streamers = top[language] ?: return CompletableFuture.failedFuture(NoAnswer("Twitch answered 500"))
            return CompletableFuture.completedFuture(list(streamers))
        }
    }

    /** What pollers were told, by login: from and until, as slots from the first one on. */
    private val told = HashMap<String, Pair<Int, Int?>>()
    private var tellings = 0

    @AfterEach
    fun stop() = time.close()

    private fun logins(vararg names: String) = names.mapTo(LinkedHashSet(), Login::require)

    private fun list(streamers: List<String>) = StreamList(streamers.map { MemoryTwitch.stream(Login.require(it)) }, false)

    private fun keeper(settings: CollectSettings = this.settings): ActorRef<RosterKeeper.Command> {
        val poller = { streamer: Login, track: StreamerPoller.Track ->
            tellings++
            told[streamer.name] = track.from - first.number to track.until?.let { it - first.number }
        }
        return time.spawn(RosterKeeper.create(api, poller, settings, time.clock, board))
    }

    private fun ask(keeper: ActorRef<RosterKeeper.Command>, of: (ActorRef<RosterKeeper.Reply>) -> RosterKeeper.Command) =
        time.doing { AskPattern.ask(keeper, { replyTo -> of(replyTo) }, Duration.ofDays(1), time.system.scheduler()) }
            .toCompletableFuture().getNow(null)

    private fun roster(keeper: ActorRef<RosterKeeper.Command>) = ask(keeper) { RosterKeeper.GetRoster(it) } as RosterKeeper.RosterList

    private fun tracked(keeper: ActorRef<RosterKeeper.Command>) = roster(keeper).tracked.joinToString(" ")

    private fun nextSlot() = time.goTo((time.clock.slot() + 1).startsAt.plusSeconds(1))

    private fun spans(keeper: ActorRef<RosterKeeper.Command>, slots: IntRange): Map<String, List<Pair<Int, Int?>>> {
        val answer = CompletableFuture<RosterKeeper.Spans>()
        val probe = time.spawn(
            Behaviors.receiveMessage<RosterKeeper.Spans> {
                answer.complete(it)
                Behaviors.same()
            },
        )
        time.doing { keeper.tell(RosterKeeper.GetSpans(first + slots.first..first + slots.last, probe)) }
        return answer.join().spans.entries.associate { (streamer, spans) ->
            streamer.name to spans.map { it.from.number - first.number to it.until?.let { until -> until.number - first.number } }
        }
    }

    @Test
    fun `the first roster holds at once, in the slot that goes on`() {
        top["fr"] = listOf("a", "b")
        val keeper = keeper(unpinned)
        assertEquals("a b", tracked(keeper))
        assertEquals(mapOf<String, Pair<Int, Int?>>("a" to (0 to null), "b" to (0 to null)), told.toMap())
        assertEquals(listOf("fr" to 3), questions)
    }

    @Test
    fun `who is known when it begins is tracked at once, and those of whom Twitch tells afterwards from the next slot on`() {
        top += mapOf("fr" to listOf("a", "b"), "en" to listOf("c"))
        val keeper = keeper()
        assertEquals("a b c configured", tracked(keeper))
        assertEquals(mapOf("configured" to (0 to null), "a" to (1 to null), "b" to (1 to null), "c" to (1 to null)), told.toMap())
        assertEquals(setOf("fr" to 3, "en" to 3), questions.toSet())
        assertEquals(CollectBoard.RosterStatus(4, 1, 0, null), board.roster())
    }

    @Test
    fun `what changes at the start of a slot holds from the next one on, and pollers hear of it before`() {
        top += mapOf("fr" to listOf("a", "b"), "en" to emptyList())
        val keeper = keeper()
        top["fr"] = listOf("b", "c")
        nextSlot()
        assertEquals("b c configured", tracked(keeper))
        assertEquals(mapOf("a" to (1 to 2), "b" to (1 to null), "c" to (2 to null), "configured" to (0 to null)), told.toMap())
        assertEquals(mapOf("a" to listOf(1 to 2), "b" to listOf(1 to null), "configured" to listOf(0 to null)), spans(keeper, 0..1))
        assertEquals(setOf("b", "c", "configured"), spans(keeper, 2..9).keys)
        // Whoever is tracked no more hears of it for a while, should the word have got lost.
        nextSlot()
        told.clear()
        time.pass(settings.wakeEvery)
        assertEquals(1 to 2, told["a"])
        repeat(3) { nextSlot() }
        told.clear()
        time.pass(settings.wakeEvery)
        assertEquals(setOf("b", "c", "configured"), told.keys)
    }

    @Test
    fun `while the clock is not to be trusted the roster stays as it is, and changes from the right slot on afterwards`() {
        top["fr"] = listOf("a")
        val keeper = keeper(unpinned)
        time.isTrusted = false
        time.clockIsAhead = Duration.ofHours(-1)
        top["fr"] = listOf("b")
        time.goTo(first.endsAt.plusSeconds(1))
        assertEquals("a", tracked(keeper))
        time.isTrusted = true
        time.clockIsAhead = Duration.ZERO
        time.pass(Duration.ofSeconds(1))
        assertEquals("b", tracked(keeper))
        assertEquals(mapOf("a" to (0 to 2), "b" to (2 to null)), told.toMap())
    }

    @Test
    fun `pollers are told again and again that they are to live`() {
        top += mapOf("fr" to listOf("a"), "en" to emptyList())
        keeper()
        val before = tellings
        time.pass(Duration.ofMinutes(1))
        assertEquals(before + 2 * 6, tellings)
    }

    @Test
    fun `a language that does not answer keeps its streamers`() {
        top += mapOf("fr" to listOf("a", "b"), "en" to listOf("c"))
        val keeper = keeper()
        top += mapOf("fr" to null, "en" to listOf("d"))
        nextSlot()
        assertEquals("a b configured d", tracked(keeper))
        assertEquals("Twitch answered 500", board.roster()?.trouble)
        top["fr"] = listOf("b")
        nextSlot()
        assertEquals("b configured d", tracked(keeper))
        assertEquals(null, board.roster()?.trouble)
    }

    @Test
    fun `a language that answers nothing from the beginning is in nobody's way`() {
        top += mapOf("fr" to listOf("a"), "en" to null)
        val keeper = keeper()
        assertEquals("a configured", tracked(keeper))
        top["fr"] = listOf("b")
        nextSlot()
        // For whom of them the other language stands is not known.
        assertEquals("a b configured", tracked(keeper))
        top["en"] = emptyList()
        nextSlot()
        assertEquals("b configured", tracked(keeper))
    }

    @Test
    fun `after a restart without answers everybody stays who was tracked`() {
        top += mapOf("fr" to listOf("a", "b"), "en" to listOf("c"))
        time.stop(keeper())
        top += mapOf("fr" to listOf("b"), "en" to null)
        nextSlot()
        val keeper = keeper()
        assertEquals("a b c configured", tracked(keeper), "of which language a and c were is not known")
        assertEquals(setOf<Pair<Int, Int?>>(0 to null, 1 to null), told.values.toSet())
        top["en"] = listOf("d")
        nextSlot()
        assertEquals("b configured d", tracked(keeper))
        assertEquals(listOf(1 to 3), spans(keeper, 0..9)["a"])
    }

    @Test
    fun `pins, removals and pauses survive a restart, and the configuration does not speak against them`() {
        top += mapOf("fr" to listOf("a", "b"), "en" to listOf("c"))
        val before = keeper()
        ask(before) { RosterKeeper.Pin("Pinned_One", it) }
        ask(before) { RosterKeeper.Pin("b", it) }
        ask(before) { RosterKeeper.Unpin("configured", it) }
        ask(before) { RosterKeeper.Pause("a", it) }
        ask(before) { RosterKeeper.Pause("c", it) }
        val answer = ask(before) { RosterKeeper.Resume("c", it) }
        val told = RosterKeeper.RosterList(listOf("b", "c", "pinned_one"), listOf("b", "pinned_one"), listOf("a"))
        assertEquals(told.copy(tracked = listOf("b", "pinned_one")), answer, "as it is written down: the change follows on it")
        assertEquals(told, roster(before))
        assertEquals(CollectBoard.RosterStatus(3, 2, 1, null), board.roster())
        time.stop(before)
        assertEquals(null, board.roster())
        val after = keeper()
        assertEquals(told, roster(after))
        ask(after) { RosterKeeper.Pin("configured", it) }
        ask(after) { RosterKeeper.Resume("a", it) }
        val pinned = listOf("b", "configured", "pinned_one")
        assertEquals(RosterKeeper.RosterList(listOf("a", "b", "c", "configured", "pinned_one"), pinned, emptyList()), roster(after))
    }

    @Test
    fun `a change holds from the next slot on, and what changes nothing is answered all the same`() {
        top["fr"] = listOf("a")
        val keeper = keeper(unpinned)
        ask(keeper) { RosterKeeper.Pin("new", it) }
        ask(keeper) { RosterKeeper.Pause("a", it) }
        assertEquals(mapOf("a" to listOf(0 to 1), "new" to listOf(1 to null)), spans(keeper, 0..9))
        assertEquals(mapOf("a" to (0 to 1), "new" to (1 to null)), told.toMap())
        val same = RosterKeeper.RosterList(listOf("new"), listOf("new"), listOf("a"))
        assertEquals(same, ask(keeper) { RosterKeeper.Pin("NEW", it) })
        assertEquals(same, ask(keeper) { RosterKeeper.Unpin("a", it) })
        assertEquals(same, ask(keeper) { RosterKeeper.Resume("new", it) })
    }

    @Test
    fun `what is no login is refused in words`() {
        val refused = ask(keeper()) { RosterKeeper.Pin("no login!", it) } as RosterKeeper.Refused
        assertEquals("'no login!' is no login: 1 to 25 of a-z, 0-9 and _", refused.reason)
    }

    @Test
    fun `a question that is not answered yet is not asked again, and its answer counts when it comes`() {
        val late = CompletableFuture<StreamList>()
        held = late
        val keeper = keeper(settings.copy(languages = listOf("fr")))
        repeat(3) { nextSlot() }
        assertEquals(1, questions.size)
        assertEquals("configured", tracked(keeper))
        held = null
        top["fr"] = listOf("b")
        time.doing { late.complete(list(listOf("a"))) }
        assertEquals("a configured", tracked(keeper))
        nextSlot()
        assertEquals("b configured", tracked(keeper))
        assertEquals(2, questions.size)
    }

    @Test
    fun `a source that throws is a language without answer`() {
        val broken = object : TwitchApi by api {
            override fun topStreams(language: String, count: Int): CompletionStage<StreamList> = error("a mistake")
        }
        val keeper = time.spawn(RosterKeeper.create(broken, { _, _ -> }, settings, time.clock, board))
        assertEquals("configured", tracked(keeper))
        assertTrue("a mistake" in board.roster()?.trouble.orEmpty()) { "${board.roster()}" }
    }

    @Test
    fun `without top streamers only the pinned are tracked, and Twitch is not asked`() {
        val keeper = keeper(settings.copy(top = 0))
        assertEquals("configured", tracked(keeper))
        assertEquals(emptyList<Any>(), questions)
    }
}
