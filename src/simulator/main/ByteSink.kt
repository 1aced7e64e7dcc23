package twitchactors.simulator

import java.io.OutputStream

/** A growing byte array: names and numbers go into it without a string per value. Reused for file after file. */
internal class ByteSink(capacity: Int = 1 shl 16) {
    var bytes = ByteArray(capacity)
        private set
    var size = 0
        private set

    fun clear() {
        size = 0
    }

    /** Drops everything after the first [length] bytes. */
    fun cut(length: Int) {
        size = minOf(size, length)
    }

    fun put(byte: Int) {
        room(1)
        bytes[size++] = byte.toByte()
    }

    fun put(char: Char) = put(char.code)

    fun put(from: ByteArray, offset: Int = 0, length: Int = from.size) {
        room(length)
        System.arraycopy(from, offset, bytes, size, length)
        size += length
    }

    fun put(text: String) = put(text.encodeToByteArray())

    fun putNumber(value: Long) {
        if (value < 0) return put(value.toString())
        room(MAX_DIGITS)
        var digits = 1
        var bound = 10L
        while (digits < MAX_DIGITS - 1 && value >= bound) {
            digits++
            bound *= 10
        }
        var rest = value
        for (at in size + digits - 1 downTo size) {
            bytes[at] = ('0'.code + (rest % 10).toInt()).toByte()
            rest /= 10
        }
        size += digits
    }

    fun writeTo(out: OutputStream) = out.write(bytes, 0, size)

    private fun room(length: Int) {
        if (size + length > bytes.size) bytes = bytes.copyOf(maxOf(size + length, bytes.size * 2))
    }

    private companion object {
        const val MAX_DIGITS = 19
    }
}
