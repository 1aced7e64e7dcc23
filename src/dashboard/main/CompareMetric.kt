package twitchactors.dashboard

import twitchactors.store.TrackedFigures.Sums

/** What streamers are compared by. */
internal object CompareMetric {
    private val ALL = mapOf<String, Pair<String, (Sums) -> Double?>>(
        "viewers" to ("Viewers" to { it.viewers }),
        "chatters" to ("Chatters" to { it.chatters }),
        "anonymous" to ("Anonymous" to { it.anonymous }),
    )

    val CHOICE = Choice("metric", "Metric", ALL.mapValues { it.value.first }, default = "viewers")

    fun title(question: Question): String = ALL.getValue(question.choice(CHOICE)).first

    fun of(question: Question, sums: Sums): Double? = ALL.getValue(question.choice(CHOICE)).second(sums)
}
