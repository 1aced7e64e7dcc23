package twitchactors.archive

/**
 * Reads structures in Thrift's compact protocol; the counterpart of [ThriftCompact]. A structure is its fields by number: numbers
 * as Long, binaries as ByteArray, lists as List, structures as Map.
 *
 * @param at where the structure begins in [bytes]; where it has ended, once it is read
 */
internal class ThriftFields(private val bytes: ByteArray, at: Int) {
    var at = at
        private set

    /** Reads a whole structure; throws IndexOutOfBoundsException where it is cut. */
    fun struct(): Map<Int, Any> {
        val fields = HashMap<Int, Any>()
        var field = 0
        while (true) {
            val head = bytes[at++].toInt() and 0xff
            if (head == 0) return fields
            field = if (head shr 4 == 0) zigzag().toInt() else field + (head shr 4)
            fields[field] = value(head and 0xf)
        }
    }

    fun skip(count: Int) {
        at += count
    }

    fun varint(): Long {
        var value = 0L
        var shift = 0
        while (shift < Long.SIZE_BITS) {
            val byte = bytes[at++].toLong()
            value = value or (byte and 0x7f shl shift)
            if (byte >= 0) return value
            shift += 7
        }
        throw NotOurParquet("a number in it has no end")
    }

    fun zigzag(): Long = varint().let { (it ushr 1) xor -(it and 1) }

    private fun value(type: Int): Any = when (type) {
        TRUE -> true
        FALSE -> false
        I16, I32, I64 -> zigzag()
        BINARY -> binary()
        LIST -> list()
        STRUCT -> struct()
        else -> throw NotOurParquet("it has a field of type $type")
    }

    private fun binary(): ByteArray {
        val length = varint()
        if (length !in 0..bytes.size - at) throw NotOurParquet("it is cut")
        return bytes.copyOfRange(at, at + length.toInt()).also { at += length.toInt() }
    }

    private fun list(): List<Any> {
        val head = bytes[at++].toInt() and 0xff
        val size = if (head shr 4 == LONG_LIST) varint() else (head shr 4).toLong()
        if (size !in 0..bytes.size) throw NotOurParquet("it is cut")
        return List(size.toInt()) { value(head and 0xf) }
    }

    private companion object {
        const val LONG_LIST = 15
        const val TRUE = 1
        const val FALSE = 2
        const val I16 = 4
        const val I32 = 5
        const val I64 = 6
        const val BINARY = 8
        const val LIST = 9
        const val STRUCT = 12
    }
}
