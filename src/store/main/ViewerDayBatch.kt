package twitchactors.store

import org.bson.BsonString
import org.bson.RawBsonDocument
import twitchactors.domain.Day
import twitchactors.domain.Login

/** A few of [ViewerDayDocuments], for one bulk of [ViewerDays.write]. Holds no bytes of its own. */
class ViewerDayBatch internal constructor(
    internal val revision: Int,
    private val bytes: ByteArray,
    private val starts: IntArray,
    private val from: Int,
    to: Int,
) {
    /** How many documents there are. */
    val size = to - from

    /** The viewer-day at [index], 0 until [size]. */
    fun id(index: Int): ViewerDayId = idText(index).let { text ->
        ViewerDayId(Login.require(text.substringBefore('|')), checkNotNull(Day.parse(text.substringAfter('|'))))
    }

    internal fun documents(): List<RawBsonDocument> =
        List(size) { RawBsonDocument(bytes, starts[from + it], starts[from + it + 1] - starts[from + it]) }

    internal fun bsonId(index: Int) = BsonString(idText(index))

    private fun idText(index: Int): String {
        // Behind the document's length, the type, `_id\0` and the text's length; it ends with a zero.
        val start = starts[from + index] + ID_TEXT
        var end = start
        while (bytes[end] != 0.toByte()) end++
        return String(bytes, start, end - start, Charsets.US_ASCII)
    }

    private companion object {
        const val ID_TEXT = 13
    }
}
