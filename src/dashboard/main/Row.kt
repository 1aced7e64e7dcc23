package twitchactors.dashboard

/**
 * A row of a table: a value for each column.
 *
 * @param href where the row leads, in the table and when its mark in the chart is clicked; null: nowhere
 * @param picture the address of a picture of this site that stands on its card; null: none
 */
class Row(val values: List<Any?>, val href: String? = null, val picture: String? = null) {
    constructor(vararg values: Any?) : this(values.toList())
}
