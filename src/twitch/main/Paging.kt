package twitchactors.twitch

import twitchactors.domain.ByteSink

/** Which part of which listing a request asks for. */
internal class Paging(private val moments: Moments, private val faults: Faults, private val seed: Long) {
    /**
     * The entries [from] until [to] of a listing of [moment], with the cursor to the next page.
     *
     * @property cursor null at the end
     */
    class Page(val moment: Moment, val from: Int, val to: Int, val cursor: String?) {
        /** Appends the member `pagination`. */
        fun appendTo(sink: ByteSink) {
            sink.text(if (cursor == null) "\"pagination\":{}" else "\"pagination\":{\"cursor\":\"$cursor\"}")
        }
    }

    /**
     * @param most entries of a page
     * @param usual entries of a page when the request does not say
     * @param streamers whom the listing is about, when it is about some
     * @param size of the listing in a moment
     */
    fun page(
        asked: Asked,
        now: Moment,
        listing: String,
        most: Int,
        usual: Int,
        streamers: Collection<String> = emptyList(),
        size: (Moment) -> Int,
    ): Page {
        val first = first(asked, most, usual)
        val after = asked.one("after")?.takeIf { it.isNotEmpty() }
        val before = asked.one("before")?.takeIf { it.isNotEmpty() && after == null }
        val cursor = (after ?: before)?.let { Cursor.parse(it, seed) ?: throw INVALID }
        if (cursor != null && cursor.listing != listing) throw INVALID
        val moment = if (cursor == null) now else moments.remembered(cursor.moment) ?: throw INVALID
        val all = size(moment)
        val from = when {
            cursor == null -> 0
            before != null -> maxOf(0, cursor.from - first)
            else -> minOf(cursor.to, all)
        }
        val to = minOf(all, if (before != null) checkNotNull(cursor).from else from + first)
        return faulty(asked, listing, moment, from, to, all, streamers)
    }

    private fun first(asked: Asked, most: Int, usual: Int): Int {
        val text = asked.one("first") ?: return usual
        val first = text.toIntOrNull() ?: throw Refusal(400, "The parameter \"first\" was malformed: the value must be a number")
        if (first > most) throw Refusal(400, "The parameter \"first\" was malformed: the value must be less than or equal to $most")
        if (first < 1) throw Refusal(400, "The parameter \"first\" was malformed: the value must be greater than or equal to 1")
        return first
    }

    /** The one place where listings go wrong: what is shown, and where the cursor leads, are moved. */
    private fun faulty(asked: Asked, listing: String, moment: Moment, from: Int, to: Int, all: Int, streamers: Collection<String>): Page {
        fun happens(kind: FaultKind) = faults.hits(kind, asked.path) { streamers } != null
        val shown = when {
            from > 0 && happens(FaultKind.PAGE_REPEATS) -> maxOf(0, from - SHIFT)
            to - from > 1 && happens(FaultKind.PAGE_MISSES) -> minOf(to - 1, from + SHIFT)
            else -> from
        }
        val next = if (to < all && happens(FaultKind.CURSOR_LOOP)) from else to
        return Page(moment, shown, to, if (to < all) Cursor(listing, moment.number, from, next).text(seed) else null)
    }

    companion object {
        private val INVALID = Refusal(400, "invalid cursor")

        /** How many entries a page repeats or misses. */
        private const val SHIFT = 5
    }
}
