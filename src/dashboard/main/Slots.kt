package twitchactors.dashboard

/** Slots out of a text such as `12-40,55`. */
internal object Slots {
    fun of(text: String): List<Int> = text.split(',').filter { it.isNotEmpty() }.flatMap { run ->
        val (first, last) = run.split('-').map { it.toInt() }.let { it.first() to it.last() }
        first..last
    }
}
