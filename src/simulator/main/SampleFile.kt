package twitchactors.simulator

import twitchactors.domain.ByteSink
import java.time.Instant

/** Writes the files of a [FilePlan] as bytes: the shape the contract says we write, and whatever else was planned. */
internal class SampleFile(private val day: WorldDay, private val plan: FilePlan) {
    private val draws = day.world.draws
    private val names = day.world.names
    private lateinit var sink: ByteSink
    private lateinit var file: PlannedFile
    private var pretty = false
    private var escapedText = false
    private var plainNames = true

    /** Puts the content of [file] into the empty [into]. */
    fun fill(file: PlannedFile, into: ByteSink) {
        sink = into
        this.file = file
        pretty = Irregularity.PRETTY in file
        escapedText = Irregularity.ESCAPED_TEXT in file
        plainNames = file.part == PlannedFile.Part.ALL && NAME_FORMS.none { it in file }
        when {
            Irregularity.EMPTY in file -> Unit
            Irregularity.NUL_BYTES in file -> sink.bytes(ByteArray(NULS))
            Irregularity.NUMBER in file -> sink.decimal(file.polledAt)
            Irregularity.HTML in file -> sink.text(PAGE)
            Irregularity.ARRAY in file -> {
                sink.ascii('[')
                samples()
                sink.ascii(']')
            }
            Irregularity.TWO_OBJECTS in file -> {
                samples()
                sink.ascii('\n')
                samples()
            }
            Irregularity.BAD_UTF8 in file -> samples { sink.bytes(BAD_UTF8_MEMBER) }
            Irregularity.NOT_A_NUMBER in file -> samples { sink.text(NAN_MEMBER) }
            Irregularity.CUT in file -> {
                samples()
                sink.cut(maxOf(1, sink.size * 3 / 5))
            }
            file.name == "notes.txt" -> sink.text("The recorder was restarted at noon.\n")
            else -> samples()
        }
    }

    /** The object of all samples; [before] may put one member in front, without a comma. */
    private fun samples(before: (() -> Unit)? = null) {
        if (Irregularity.BYTE_ORDER_MARK in file) sink.bytes(BYTE_ORDER_MARK)
        mark('{')
        before?.invoke()
        var members = if (before == null) 0 else 1
        fun member(streamer: Int, key: Key, half: Int = 0, says: FilePlan.Says) {
            if (members++ > 0) mark(',')
            key(streamer, key)
            mark(':')
            sample(streamer, says, half)
        }
        for (streamer in 0 until day.streamers) {
            val says = plan.says(file, streamer)
            if (says == FilePlan.Says.NOTHING) continue
            val isVictim = streamer == file.victim
            val usual = if (Irregularity.UPPER_CASE_STREAMERS in file) Key.UPPER else Key.USUAL
            when {
                isVictim && Irregularity.KEYS_FOLD_TOGETHER in file -> {
                    member(streamer, Key.USUAL, 1, says)
                    member(streamer, Key.UPPER, 2, says)
                }
                isVictim && Irregularity.SAME_KEY_TWICE in file -> {
                    member(streamer, usual, 1, says)
                    member(streamer, usual, 2, says)
                }
                isVictim && Irregularity.GAP_KEY_BESIDE_GOOD in file -> {
                    member(streamer, Key.USUAL, 0, says)
                    member(streamer, Key.UPPER, 0, FilePlan.Says.GAP)
                }
                else -> member(streamer, usual, 0, says)
            }
            if (isVictim && Irregularity.STREAMER_NO_LOGIN in file) member(streamer, Key.NO_LOGIN, 0, FilePlan.Says.NAMES)
        }
        end('}')
        if (pretty) sink.text("\n\n")
    }

    private enum class Key { USUAL, UPPER, NO_LOGIN }

    private fun key(streamer: Int, key: Key) {
        sink.ascii('"')
        when {
            key == Key.NO_LOGIN -> sink.text("not a login!")
            Irregularity.ESCAPED_NAMES in file -> names[streamer].forEach { escape(if (key == Key.UPPER) it.uppercaseChar() else it) }
            key == Key.UPPER -> names[streamer].forEach { sink.ascii(if ('a' <= it && it <= 'z') it - 32 else it) }
            else -> names.appendTo(sink, streamer)
        }
        sink.ascii('"')
    }

    private fun sample(streamer: Int, says: FilePlan.Says, half: Int) {
        val fault = if (says == FilePlan.Says.GAP && streamer == file.victim) file.kinds.firstOrNull { it.scope == GAP } else null
        when (fault) {
            Irregularity.NULL_STREAMER -> return sink.text("null")
            Irregularity.NUMBER_FOR_STREAMER -> return sink.text("17")
            Irregularity.STRING_FOR_STREAMER -> return sink.text("\"offline\"")
            else -> Unit
        }
        val shape = shape(streamer)
        if (shape == Shape.BARE) return chatters(streamer, says, fault, half)
        mark('{')
        if (shape == Shape.OLD) {
            field("_links") { sink.text("{}") }
            field("chatter_count") { sink.decimal(day.chatterCount(streamer, file.slot).toLong()) }
        } else {
            about(streamer, shape)
        }
        if (Irregularity.UNKNOWN_KEYS in file) field("before") { sink.text(NESTED) }
        text("chatters")
        mark(':')
        if (shape == Shape.OLD && says != FilePlan.Says.GAP) byRole(streamer, says, half) else chatters(streamer, says, fault, half)
        if (Irregularity.UNKNOWN_KEYS in file) {
            mark(',')
            text("after")
            mark(':')
            sink.text(NESTED)
        }
        end('}')
    }

    private enum class Shape { OURS, VIEWERS_API, OLD, BARE }

    private fun shape(streamer: Int): Shape = when {
        Irregularity.MIXED_SHAPES in file ->
            Shape.entries[draws.index(Draws.Purpose.SHAPE, streamer.toLong(), day.moment(file.slot), Shape.entries.size)]
        Irregularity.VIEWERS_API in file -> Shape.VIEWERS_API
        Irregularity.OLD_ENDPOINT in file -> Shape.OLD
        Irregularity.BARE in file -> Shape.BARE
        else -> Shape.OURS
    }

    private fun about(streamer: Int, shape: Shape) {
        val broadcast = checkNotNull(day.broadcast(streamer, file.slot))
        val segment = broadcast.segmentAt(day.moment(file.slot))
        field("polled_at") { text(Instant.ofEpochSecond(file.polledAt).toString()) }
        field(if (shape == Shape.VIEWERS_API) "viewers_api" else "viewer_count") {
            sink.decimal(day.liveViewers(streamer, file.slot).toLong())
        }
        field("title") { text(segment.title) }
        field("game") { text(segment.game) }
        field("language") { text("fr") }
        field("tags") { sink.text("[\"Français\"]") }
        field("stream_id") { text(broadcast.id.toString()) }
        field("started_at") { text(Instant.ofEpochSecond(broadcast.startedAt).toString()) }
        field("source") { text("simulator") }
        field("complete") { sink.text("true") }
    }

    private fun chatters(streamer: Int, says: FilePlan.Says, fault: Irregularity?, half: Int) {
        when {
            fault == Irregularity.NUMBER_FOR_LIST -> return sink.decimal(day.chatterCount(streamer, file.slot).toLong())
            fault == Irregularity.STRING_FOR_LIST -> return sink.text("\"first_name,second_name\"")
            fault == Irregularity.OBJECT_FOR_LIST -> return sink.text("{\"viewers\":{\"0\":\"first_name\",\"1\":\"second_name\"}}")
            says == FilePlan.Says.GAP && fault != Irregularity.NUMBER_IN_LIST -> return sink.text("null")
        }
        mark('[')
        var count = 0
        if (says == FilePlan.Says.NAMES) count = noLogins(streamer)
        if (says != FilePlan.Says.EMPTY_LIST) count = list(streamer, half, count) { _, _ -> true }
        if (fault == Irregularity.NUMBER_IN_LIST) {
            if (count > 0) mark(',')
            sink.text("\"no login\",12,\"after_the_number\"")
        }
        end(']')
    }

    /** The old endpoint's lists, in its order. */
    private fun byRole(streamer: Int, says: FilePlan.Says, half: Int) {
        mark('{')
        ROLES.forEachIndexed { role, name ->
            if (role > 0) mark(',')
            text(name)
            mark(':')
            mark('[')
            if (says == FilePlan.Says.NAMES) {
                val count = if (role == ROLES.lastIndex) noLogins(streamer) else 0
                list(streamer, half, count) { position, viewer -> role(position, viewer) == role }
            }
            end(']')
        }
        end('}')
    }

    /** The first chatters hold one role each, so that every role is held wherever there are some; then one in thirty does. */
    private fun role(position: Int, viewer: Int): Int {
        if (position < ROLES.size) return position
        val drawn = draws.index(Draws.Purpose.SHAPE, viewer.toLong(), 1, 120)
        return if (drawn in 1..4) drawn else ROLES.lastIndex
    }

    private fun noLogins(streamer: Int): Int {
        if (Irregularity.NAMES_NO_LOGIN !in file || streamer != file.victim) return 0
        FilePlan.NO_LOGINS.forEachIndexed { i, name ->
            if (i > 0) mark(',')
            text(name)
        }
        return FilePlan.NO_LOGINS.size
    }

    /** Puts the names that [wanted] (position in the chat, viewer) takes, after [before] others; returns how many there are now. */
    private inline fun list(streamer: Int, half: Int, before: Int, wanted: (Int, Int) -> Boolean): Int {
        var count = before
        var position = 0
        day.forEachChatter(streamer, file.slot) { viewer ->
            if (wanted(position++, viewer) && ((plainNames && half == 0) || sees(viewer, half))) {
                if (count++ > 0) mark(',')
                if (plainNames) plain(viewer) else name(viewer)
            }
        }
        return count
    }

    /** Whether this poll, or this [half] of a list that is split over two keys, has the viewer. Halves share a third. */
    private fun sees(viewer: Int, half: Int): Boolean {
        val moment = day.moment(file.slot)
        val tenth = draws.index(Draws.Purpose.PART, viewer.toLong(), moment, 10)
        val isThere = when (file.part) {
            PlannedFile.Part.ALL -> true
            PlannedFile.Part.BEFORE -> tenth != 0
            PlannedFile.Part.AFTER -> tenth != 1
        }
        return isThere && (half == 0 || draws.index(Draws.Purpose.NAME_FORM, viewer.toLong(), -1, 3) != half)
    }

    private fun plain(viewer: Int) {
        sink.ascii('"')
        names.appendTo(sink, day.nameOfViewer(viewer))
        sink.ascii('"')
    }

    private fun name(viewer: Int) {
        val form = draws.index(Draws.Purpose.NAME_FORM, viewer.toLong(), file.slot, 12)
        val name = names[day.nameOfViewer(viewer)]
        val isUpper = Irregularity.UPPER_CASE_NAMES in file && form % 2 == 0
        val isEscaped = Irregularity.ESCAPED_NAMES in file && form % 3 == 0
        spelled(name, isUpper, isEscaped)
        if (Irregularity.NAMES_TWICE in file && form % 4 == 1) {
            mark(',')
            spelled(name, form == 5, isEscaped)
        }
    }

    private fun spelled(name: String, isUpper: Boolean, isEscaped: Boolean) {
        sink.ascii('"')
        name.forEachIndexed { i, char ->
            // All letters, or every second one.
            val letter = if (isUpper && 'a' <= char && char <= 'z' && (name.length % 2 == 0 || i % 2 == 0)) char - 32 else char
            if (isEscaped && i % 3 != 1) escape(letter) else sink.ascii(letter)
        }
        sink.ascii('"')
    }

    private fun escape(char: Char) {
        sink.text("\\u")
        val digits = if (char.code % 2 == 0) "0123456789abcdef" else "0123456789ABCDEF"
        for (shift in 12 downTo 0 step 4) sink.ascii(digits[char.code ushr shift and 15])
    }

    private inline fun field(name: String, value: () -> Unit) {
        text(name)
        mark(':')
        value()
        mark(',')
    }

    private fun text(text: String) {
        sink.ascii('"')
        var raw = 0
        text.forEachIndexed { i, char ->
            val needed = char < ' ' || char == '"' || char == '\\'
            if (needed || (escapedText && (char.code > 126 || char == '/'))) {
                sink.text(text.substring(raw, i))
                raw = i + 1
                when (char) {
                    '"', '\\', '/' -> {
                        sink.ascii('\\')
                        sink.ascii(char)
                    }
                    '\n' -> sink.text("\\n")
                    '\t' -> sink.text("\\t")
                    else -> escape(char)
                }
            }
        }
        sink.text(text.substring(raw))
        sink.ascii('"')
    }

    /** One of `{ [ , :`, and white space after it where the file has some. */
    private fun mark(char: Char) {
        sink.ascii(char)
        if (pretty) sink.bytes(if (char == ':') COLON_SPACE else SPACE)
    }

    private fun end(char: Char) {
        if (pretty) sink.bytes(SPACE)
        sink.ascii(char)
    }

    private companion object {
        val GAP = Irregularity.Scope.GAP
        val NAME_FORMS = listOf(Irregularity.UPPER_CASE_NAMES, Irregularity.ESCAPED_NAMES, Irregularity.NAMES_TWICE)
        val ROLES = listOf("broadcaster", "vips", "moderators", "staff", "admins", "global_mods", "viewers")
        val SPACE = "\r\n \t".encodeToByteArray()
        val COLON_SPACE = " ".encodeToByteArray()
        val BYTE_ORDER_MARK = byteArrayOf(0xef.toByte(), 0xbb.toByte(), 0xbf.toByte())

        /** A member whose key breaks off inside a two-byte character. */
        val BAD_UTF8_MEMBER = "\"caf".encodeToByteArray() + byteArrayOf(0xc3.toByte()) + "\":[],\"x\":[]".encodeToByteArray()
        const val NAN_MEMBER = "\"nan_here\":{\"viewer_count\":NaN,\"chatters\":[\"first_name\"]}"
        const val NULS = 8192

        /** Unknown members may hold anything, lists of chatters too: they do not count. */
        const val NESTED =
            "{\"chatters\":[\"not_this_one\",5,{\"chatters\":null}],\"deep\":[[[[[{}]]]]]," +
                "\"n\":[-1.5e-7,0,1E30],\"t\":true,\"}\":\"{[\\\"\"}"
        const val PAGE = "<!DOCTYPE html>\n<html><head><title>503 Service Unavailable</title></head><body><h1>503</h1></body></html>\n"
    }
}
