package twitchactors.pipeline

import java.io.ByteArrayOutputStream

/** Protobuf by hand, so that a record can also be what no encoder of ours would write. */
class Proto {
    private val out = ByteArrayOutputStream()

    fun number(field: Int, value: Long) = apply {
        varint(field.toLong() shl 3)
        varint(value)
    }

    fun bytes(field: Int, value: ByteArray) = apply {
        varint((field.toLong() shl 3) or 2)
        varint(value.size.toLong())
        out.writeBytes(value)
    }

    fun text(field: Int, value: String) = bytes(field, value.toByteArray())

    fun toByteArray(): ByteArray = out.toByteArray()

    private fun varint(value: Long) {
        var rest = value
        while (rest and 0x7f.inv() != 0L) {
            out.write((rest and 0x7f or 0x80).toInt())
            rest = rest ushr 7
        }
        out.write(rest.toInt())
    }
}
