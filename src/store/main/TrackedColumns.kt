package twitchactors.store

/** The columns of figures that `tracked_hours` and `tracked_days` have alike, in their order. */
internal object TrackedColumns {
    private val names = listOf(
        "samples", "gaps", "partials", "airtime", "measured", "viewer_minutes", "viewers_peak", "counted", "chatter_minutes",
        "chatters_peak", "compared", "anonymous_minutes",
    )

    /** Of one row. */
    val figures = names.joinToString()

    /** Of several rows together. */
    val sums = names.joinToString { if (it.endsWith("_peak")) "MAX($it)" else "SUM($it)" }
}
