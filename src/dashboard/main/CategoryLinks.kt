package twitchactors.dashboard

/** Addresses of a category. */
internal object CategoryLinks {
    fun page(category: String): String = "/categories/" + Question.piece(category)
}

/** [part] of [whole]; null when there is no whole. */
internal fun share(part: Double, whole: Double): Double? = if (whole > 0) part / whole else null
