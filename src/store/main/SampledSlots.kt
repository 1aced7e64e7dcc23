package twitchactors.store

import twitchactors.domain.Day
import java.time.LocalDate
import javax.sql.DataSource

/** How many samples there are of each slot of a day, as they come in. Blocks its caller; safe for use by several threads. */
class SampledSlots(private val dataSource: DataSource) {
    /**
     * @param samples of streamers that say who was in the chat
     * @param gaps of streamers who were live, of whom it is not known who was in the chat; other gaps show when the day is archived
     */
    data class OfSlot(val samples: Int, val gaps: Int)

    /** By slot, of those slots of [day] of which anything is known. */
    fun of(day: Day): Map<Int, OfSlot> = dataSource.query(
        "SELECT slot, SUM(has_chatters), COUNT(*) FROM sample_heads WHERE day = ? GROUP BY slot",
        LocalDate.ofEpochDay(day.epochDay.toLong()),
    ) { row -> row.getInt(1) to row.getInt(2).let { OfSlot(it, row.getInt(3) - it) } }.toMap()
}
