package twitchactors.domain

import java.io.OutputStream

/** Bytes that grow at their end. Like `ByteArrayOutputStream`, without its lock and with the array at hand. */
class ByteSink(capacity: Int = 1024) {
    var array = ByteArray(capacity)
        private set
    var size = 0
        private set

    fun byte(value: Int) {
        room(1)
        array[size++] = value.toByte()
    }

    fun bytes(source: ByteArray, from: Int, length: Int) {
        room(length)
        System.arraycopy(source, from, array, size, length)
        size += length
    }

    fun bytes(source: ByteArray) = bytes(source, 0, source.size)

    fun bytes(source: ByteSink) = bytes(source.array, 0, source.size)

    /** One ASCII character. */
    fun ascii(character: Char) = byte(character.code)

    /** [text] as UTF-8. */
    fun text(text: String) = bytes(text.encodeToByteArray())

    /** [value] as decimal digits. */
    fun decimal(value: Long) {
        if (value < 0) return text(value.toString())
        room(MAX_DIGITS)
        var digits = 1
        var bound = 10L
        while (digits < MAX_DIGITS && value >= bound) {
            digits++
            bound *= 10
        }
        var rest = value
        for (at in size + digits - 1 downTo size) {
            array[at] = ('0'.code + (rest % 10).toInt()).toByte()
            rest /= 10
        }
        size += digits
    }

    /** 16 bits, least significant byte first. */
    fun short(value: Int) {
        room(2)
        array[size] = value.toByte()
        array[size + 1] = (value shr 8).toByte()
        size += 2
    }

    /** 32 bits, least significant byte first. */
    fun int(value: Int) {
        short(value)
        short(value shr 16)
    }

    /** An unsigned number in groups of seven bits, least significant first (LEB128). */
    fun varint(value: Long) {
        var rest = value
        while (rest and 0x7fL.inv() != 0L) {
            byte((rest.toInt() and 0x7f) or 0x80)
            rest = rest ushr 7
        }
        byte(rest.toInt())
    }

    /** A signed number as [varint], small magnitudes short. */
    fun zigzag(value: Long) = varint((value shl 1) xor (value shr 63))

    /** Makes room for [length] more bytes. */
    fun room(length: Int) {
        if (size + length > array.size) array = array.copyOf(maxOf(size + length, array.size + (array.size shr 1)))
    }

    /** Counts [length] bytes in that the caller has written to [array] behind [size]. */
    fun advance(length: Int) {
        size += length
    }

    fun clear() {
        size = 0
    }

    /** Drops all behind the first [length] bytes. */
    fun cut(length: Int) {
        size = minOf(size, length)
    }

    fun copy(): ByteArray = array.copyOf(size)

    fun writeTo(out: OutputStream) = out.write(array, 0, size)

    private companion object {
        /** Of the largest Long. */
        const val MAX_DIGITS = 19
    }
}
