package twitchactors.topics

import com.google.protobuf.ByteOutput
import com.google.protobuf.ByteString
import com.google.protobuf.UnsafeByteOperations
import twitchactors.domain.Login
import java.nio.ByteBuffer

/**
 * The logins of a record, `bytes[from, to)`: separated by `\n`, none at the end, empty for nobody. A view of the record's own
 * bytes, which nobody may change; there is no object per login.
 */
class Logins(val bytes: ByteArray, val from: Int, val to: Int) {
    val isEmpty: Boolean get() = from == to

    /** How many there are, one that comes twice counted twice. */
    val count: Int
        get() {
            var count = if (isEmpty) 0 else 1
            for (at in from until to) if (bytes[at] == SEPARATOR) count++
            return count
        }

    /** Calls [login] with the first byte and the end of each login in [bytes]. */
    inline fun forEach(login: (from: Int, to: Int) -> Unit) {
        var start = from
        while (start < to) {
            var end = start
            while (end < to && bytes[end] != SEPARATOR) end++
            login(start, end)
            start = end + 1
        }
    }

    /** Throws [Unreadable] unless each is a login, lower case. */
    internal fun check() {
        if (isEmpty) return
        var start = from
        for (at in from until to) {
            if (IN_LOGIN[bytes[at].toInt() and 0xff]) continue
            if (bytes[at] != SEPARATOR) throw Unreadable("has a name that is no login in lower case, at byte ${at - from} of its logins")
            if (at - start !in 1..Login.MAX_LENGTH) throw wrongLength(start, at)
            start = at + 1
        }
        if (to - start !in 1..Login.MAX_LENGTH) throw wrongLength(start, to)
    }

    private fun wrongLength(start: Int, end: Int) =
        Unreadable("has a name of ${end - start} characters, at byte ${start - from} of its logins; 1 to ${Login.MAX_LENGTH} are possible")

    companion object {
        const val SEPARATOR = '\n'.code.toByte()

        private val IN_LOGIN = BooleanArray(256).also { table -> "abcdefghijklmnopqrstuvwxyz0123456789_".forEach { table[it.code] = true } }

        /** A view of [blob], without a copy as far as it is one piece, as all that our codecs read is. */
        fun of(blob: ByteString): Logins {
            val view = View()
            UnsafeByteOperations.unsafeWriteTo(blob, view)
            return view.logins ?: Logins(ByteArray(0), 0, 0)
        }
    }

    /** Is handed the bytes behind a [ByteString] and keeps where they are. */
    private class View : ByteOutput() {
        var logins: Logins? = null

        override fun writeLazy(value: ByteArray, offset: Int, length: Int) {
            val before = logins
            if (before == null) {
                logins = Logins(value, offset, offset + length)
            } else {
                val joined = before.bytes.copyOfRange(before.from, before.to) + value.copyOfRange(offset, offset + length)
                logins = Logins(joined, 0, joined.size)
            }
        }

        override fun write(value: Byte) = writeLazy(byteArrayOf(value), 0, 1)

        override fun write(value: ByteArray, offset: Int, length: Int) = writeLazy(value.copyOfRange(offset, offset + length), 0, length)

        override fun write(value: ByteBuffer) = ByteArray(value.remaining()).let { bytes ->
            value.get(bytes)
            writeLazy(bytes, 0, bytes.size)
        }

        override fun writeLazy(value: ByteBuffer) = write(value)
    }
}
