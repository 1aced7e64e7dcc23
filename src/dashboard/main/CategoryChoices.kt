package twitchactors.dashboard

import twitchactors.store.SweptFigures.CategorySum

/** What can be chosen on the page of categories. */
internal object CategoryChoices {
    val SEARCH = Choice("q", "Find a category")

    private val BY = mapOf<String, Pair<String, Comparator<CategorySum>>>(
        "watched" to ("Hours watched" to compareByDescending { it.hoursWatched }),
        "peak" to ("Peak" to compareByDescending { it.viewersPeak }),
        "streamed" to ("Hours streamed" to compareByDescending { it.hoursStreamed }),
        "ratio" to ("Viewers per stream" to compareByDescending { share(it.hoursWatched, it.hoursStreamed) ?: 0.0 }),
        "name" to ("Name" to compareBy(String.CASE_INSENSITIVE_ORDER) { it.category }),
    )

    val SORT = Choice("sort", "Sort by", BY.mapValues { it.value.first }, default = "watched")

    fun sorted(sums: List<CategorySum>, question: Question): List<CategorySum> =
        sums.sortedWith(BY.getValue(question.choice(SORT)).second.thenBy { it.category })
}
