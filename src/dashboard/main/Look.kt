package twitchactors.dashboard

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** How a table is drawn. Names of columns are their keys. */
sealed interface Look {
    /** Numbers in large type: one row, a figure per column. */
    data object Figures : Look

    /** Only the table, open. */
    data object Rows : Look

    /** A small box for each row: [cell] in it, coloured by [group], with the number [value]; the table beside them. */
    class Cells(val cell: String, val group: String, val value: String) : Look

    /** Cards: the first column is the title, texts are lists of tags. */
    data object Cards : Look

    /** One of those that are drawn by the browser; all of them have their table beside them. */
    sealed class Chart(val kind: String, val tall: Boolean = false) : Look {
        /** What the browser's script has to know. */
        fun json(): JsonObject = buildJsonObject {
            put("kind", kind)
            tell()
        }

        protected abstract fun JsonObjectBuilder.tell()

        /** Whether a row leaves a mark that can be seen; [number] knows its number in a column. */
        abstract fun isSeen(number: (String) -> Double?): Boolean
    }

    /**
     * Lines over the values of [x] (moments, dates or words).
     *
     * @param area filled, for a single quantity
     * @param marks columns of texts: where one of them changes stands a mark, and tips say all of them
     */
    class Lines(
        private val x: String,
        private val ys: List<String>,
        private val area: Boolean = false,
        private val marks: List<String> = emptyList(),
    ) : Chart("lines") {
        override fun JsonObjectBuilder.tell() {
            put("x", x)
            put("area", area)
            putJsonArray("ys") { ys.forEach { add(it) } }
            putJsonArray("marks") { marks.forEach { add(it) } }
        }

        override fun isSeen(number: (String) -> Double?) = ys.any { number(it) != null }
    }

    /** A line per value of [series]. */
    class SeriesLines(private val x: String, private val series: String, private val y: String) : Chart("series") {
        override fun JsonObjectBuilder.tell() {
            put("x", x)
            put("series", series)
            put("y", y)
        }

        override fun isSeen(number: (String) -> Double?) = number(y) != null
    }

    /** Bars; [lying] ones have room for long names. */
    class Bars(private val x: String, private val y: String, private val lying: Boolean = false) : Chart("bars", tall = lying) {
        override fun JsonObjectBuilder.tell() {
            put("x", x)
            put("y", y)
            put("lying", lying)
        }

        override fun isSeen(number: (String) -> Double?) = isMore(number(y))
    }

    /** Bars of [ys], one upon the other: parts of a whole. */
    class Stacked(private val x: String, private val ys: List<String>) : Chart("stacked") {
        override fun JsonObjectBuilder.tell() {
            put("x", x)
            putJsonArray("ys") { ys.forEach { add(it) } }
        }

        override fun isSeen(number: (String) -> Double?) = ys.any { isMore(number(it)) }
    }

    /** Bars of [ys], side by side. */
    class Grouped(private val x: String, private val ys: List<String>) : Chart("grouped") {
        override fun JsonObjectBuilder.tell() {
            put("x", x)
            putJsonArray("ys") { ys.forEach { add(it) } }
        }

        override fun isSeen(number: (String) -> Double?) = ys.any { isMore(number(it)) }
    }

    /**
     * Two or three circles, as large as their sets, that overlap as their sets do: a row with [a] alone is a circle, one with [a] and [b]
     * what both share; what else there is stands in the table only.
     */
    class Venn(private val a: String, private val b: String, private val value: String) : Chart("venn") {
        override fun JsonObjectBuilder.tell() {
            put("a", a)
            put("b", b)
            put("value", value)
        }

        override fun isSeen(number: (String) -> Double?) = isMore(number(value))
    }

    /** What comes in at the left and goes out at the right, as broad as it is many: [side] says `before` or `after`. */
    class Flow(private val side: String, private val name: String, private val value: String) : Chart("flow", tall = true) {
        override fun JsonObjectBuilder.tell() {
            put("side", side)
            put("name", name)
            put("value", value)
        }

        override fun isSeen(number: (String) -> Double?) = isMore(number(value))
    }

    /** A rectangle for each [x] and [y], darker for more. */
    class Heat(private val x: String, private val y: String, private val value: String, tall: Boolean = false) : Chart("heat", tall) {
        override fun JsonObjectBuilder.tell() {
            put("x", x)
            put("y", y)
            put("value", value)
        }

        override fun isSeen(number: (String) -> Double?) = number(value) != null
    }

    /** A year's calendar, a square per day. */
    class Calendar(private val day: String, private val value: String) : Chart("calendar") {
        override fun JsonObjectBuilder.tell() {
            put("day", day)
            put("value", value)
        }

        override fun isSeen(number: (String) -> Double?) = number(value) != null
    }

    /**
     * Spans of a day, a lane for each value of [lane]. [from] and [to] are times of the day, as `07:05`, up to `24:00`; [state] says by
     * which
     * of [states], word to name of a colour, a span is coloured.
     */
    class Spans(
        private val lane: String,
        private val from: String,
        private val to: String,
        private val state: String,
        private val states: Map<String, String>,
    ) : Chart("spans", tall = true) {
        override fun JsonObjectBuilder.tell() {
            put("lane", lane)
            put("from", from)
            put("to", to)
            put("state", state)
            putJsonArray("states") {
                states.forEach { (word, colour) ->
                    add(
                        buildJsonObject {
                            put("word", word)
                            put("colour", colour)
                        },
                    )
                }
            }
        }

        override fun isSeen(number: (String) -> Double?) = true
    }

    /**
     * A map: a point per row, at [x] and [y] within -1..1, as large as [size], coloured by [group], joined with those that the text [links]
     * names, as `one (12), other (7)`.
     */
    class Graph(
        private val node: String,
        private val group: String,
        private val size: String,
        private val x: String,
        private val y: String,
        private val links: String,
    ) : Chart("graph") {
        override fun JsonObjectBuilder.tell() {
            put("node", node)
            put("group", group)
            put("size", size)
            put("x", x)
            put("y", y)
            put("links", links)
        }

        override fun isSeen(number: (String) -> Double?) = true
    }

    /** A point per row. */
    class Scatter(private val x: String, private val y: String, private val label: String) : Chart("scatter") {
        override fun JsonObjectBuilder.tell() {
            put("x", x)
            put("y", y)
            put("label", label)
        }

        override fun isSeen(number: (String) -> Double?) = isMore(number(x)) && isMore(number(y))
    }

    private companion object {
        fun isMore(value: Double?) = value != null && value > 0
    }
}
