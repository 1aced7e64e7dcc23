package twitchactors.dashboard

/**
 * A row of a table: a value for each column.
 *
 * @param href where the row leads, in the table and when its mark in the chart is clicked; null: nowhere
 */
class Row(val values: List<Any?>, val href: String? = null) {
    constructor(vararg values: Any?) : this(values.toList())
}
