package twitchactors.store

import org.bson.BsonReader
import org.bson.BsonType
import twitchactors.domain.Day
import twitchactors.domain.Login

/**
 * One viewer's sealed day.
 *
 * @param minutes distinct slots x 5, whatever the number of streamers in them
 * @param revision of the seal that it follows from
 * @param presences by streamer, ascending
 */
data class ViewerDay(val id: ViewerDayId, val minutes: Int, val revision: Int, val presences: List<Presence>) {
    internal companion object {
        fun read(reader: BsonReader): ViewerDay {
            var id: ViewerDayId? = null
            var minutes = 0
            var revision = 0
            val presences = mutableListOf<Presence>()
            reader.readStartDocument()
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                when (reader.readName()) {
                    "_id" -> id = id(reader.readString())
                    "s" -> {
                        reader.readStartDocument()
                        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                            presences += Presence(Login.require(reader.readName()), reader.readString())
                        }
                        reader.readEndDocument()
                    }
                    "m" -> minutes = reader.readInt32()
                    "r" -> revision = reader.readInt32()
                    else -> reader.skipValue()
                }
            }
            reader.readEndDocument()
            presences.sortBy { it.streamer }
            return ViewerDay(checkNotNull(id) { "a viewer-day without _id" }, minutes, revision, presences)
        }

        private fun id(text: String): ViewerDayId {
            val day = Day.parse(text.substringAfter('|'))
            return ViewerDayId(Login.require(text.substringBefore('|')), checkNotNull(day) { "a viewer-day of no day" })
        }
    }
}
