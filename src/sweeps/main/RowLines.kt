package twitchactors.sweeps

import org.apache.commons.csv.CSVFormat
import twitchactors.domain.CategoryRow
import twitchactors.domain.StreamRow

/** CSV files of rows as they are written: RFC 4180, UTF-8, with a header line. */
internal object RowLines {
    val FORMAT: CSVFormat = CSVFormat.RFC4180

    /** The fields of [row] in the order of [RowNames.ofCategories]. */
    fun fields(row: CategoryRow): List<Any> = listOf(RowTimes.text(row.timestamp), row.category, row.viewers, row.tags, row.imageUrl)

    /** The fields of [row] in the order of [RowNames.ofStreams]. */
    fun fields(row: StreamRow): List<Any> =
        listOf(RowTimes.text(row.timestamp), row.category, row.title, row.channel.name, row.viewers, row.tags)
}
