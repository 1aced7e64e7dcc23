package twitchactors.store

import twitchactors.domain.CategoryRow
import java.time.Instant
import javax.sql.DataSource

/** The table `categories`. */
class CategoryTable(dataSource: DataSource) :
    SweptTable<CategoryRow>(dataSource, NAME, "category", listOf("viewers", "tags", "image_url")) {
    override fun timestamp(row: CategoryRow): Instant = row.timestamp

    override fun key(row: CategoryRow): String = row.category

    override fun values(row: CategoryRow): List<Any> = listOf(row.viewers, row.tags, row.imageUrl)

    companion object {
        const val NAME = "categories"
    }
}
