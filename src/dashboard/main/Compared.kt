package twitchactors.dashboard

import twitchactors.domain.Day
import twitchactors.domain.Login

/** Who is compared: up to three tracked streamers, in the order in which they are named. */
internal class Compared(private val question: Question) {
    private val tracked = question.reads.tracked

    /** Named, whether or not they are tracked, each once. */
    private val named: List<String> = CHOICES.map { question.choice(it).lowercase() }.filter { it.isNotEmpty() }.distinct()

    private val names: List<String> by lazy { tracked.names() }

    val streamers: List<Login> by lazy { named.filter { it in names }.mapNotNull(Login::of) }

    /** What may be named. */
    val offers: Map<String, List<String>> by lazy { names.take(SUGGESTED).let { some -> CHOICES.associate { it.name to some } } }

    /** The last sealed day of the period; null when there is none. */
    val lastSealed: Day? by lazy {
        question.reads.audience.sealed(question.period.utcDays.map(Days::of)).lastOrNull()
    }

    /** Why there is nothing to compare; null when there is. */
    fun nothing(least: Int = 1): Table? {
        if (streamers.size >= least) return null
        val unknown = named - streamers.map { it.name }.toSet()
        val why = when {
            names.isEmpty() -> TrackedSpan.NOTHING_YET
            unknown.isNotEmpty() -> unknown.mapNotNull(Login::of).joinToString(" ") { Untracked.how(it, question.isAdmin) }
                .ifEmpty { "Twitch gives no such name: those have up to 25 of a-z, 0-9 and _." }
            named.isEmpty() -> "Name two or three tracked streamers above."
            else -> "Name one more streamer above."
        }
        return Table(emptyList(), emptyList(), why = why, elsewhere = example(), offers = offers)
    }

    /** The two of whom there is the most, for a beginning. */
    private fun example(): Table.Elsewhere? {
        if (named.isNotEmpty()) return null
        val most = TrackedSpan(question).streamers.sortedByDescending { it.sums.hoursWatched ?: 0.0 }.take(2).map { it.streamer }
        if (most.size < 2) return null
        return Table.Elsewhere(
            "Compare ${most.joinToString(" and ")}",
            question.link(StreamerLinks.COMPARE, "a" to most[0], "b" to most[1]),
        )
    }

    companion object {
        val CHOICES = listOf(Choice("a", "First streamer"), Choice("b", "Second streamer"), Choice("c", "Third streamer"))
        private const val SUGGESTED = 500
    }
}
