package twitchactors.dashboard

/**
 * What a panel's query answers: the one form from which table, chart, JSON and CSV follow.
 *
 * @param coverage how much of the period there is, in words; null: nothing is missing or it does not apply
 * @param note what else a reader has to know of these numbers
 * @param why what is there, when there are no rows, and why there is no more
 * @param elsewhere where there is something, when there is nothing here
 * @param offers what texts may be chosen, by the name of the choice
 * @param bar the key of the column that is drawn as bars in an open table; null: the first of numbers; empty: none is
 */
class Table(
    val columns: List<Column>,
    val rows: List<Row>,
    val coverage: String? = null,
    val note: String? = null,
    val why: String? = null,
    val elsewhere: Elsewhere? = null,
    val offers: Map<String, List<String>> = emptyMap(),
    val bar: String? = null,
) {
    class Elsewhere(val title: String, val href: String)

    fun index(key: String): Int = columns.indexOfFirst { it.key == key }.also { check(it >= 0) { "no column $key" } }
}
