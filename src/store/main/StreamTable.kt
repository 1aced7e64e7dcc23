package twitchactors.store

import twitchactors.domain.StreamRow
import java.time.Instant
import javax.sql.DataSource

/** The table `streamers`. */
class StreamTable(dataSource: DataSource) :
    SweptTable<StreamRow>(dataSource, NAME, "channel", listOf("category", "stream_title", "viewers", "tags")) {
    override fun timestamp(row: StreamRow): Instant = row.timestamp

    override fun key(row: StreamRow): String = row.channel.name

    override fun values(row: StreamRow): List<Any> = listOf(row.category, row.title, row.viewers, row.tags)

    companion object {
        const val NAME = "streamers"
    }
}
