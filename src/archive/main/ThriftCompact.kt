package twitchactors.archive

import twitchactors.domain.ByteSink

/**
 * Writes structures in Thrift's compact protocol, as far as Parquet's headers and footer need it
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). Fields are written in ascending order.
 */
internal class ThriftCompact(private val out: ByteSink) {
    private var lastField = 0

    fun i32(field: Int, value: Int) {
        header(field, TYPE_I32)
        out.zigzag(value.toLong())
    }

    fun i64(field: Int, value: Long) {
        header(field, TYPE_I64)
        out.zigzag(value)
    }

    fun bool(field: Int, value: Boolean) = header(field, if (value) TYPE_TRUE else TYPE_FALSE)

    fun binary(field: Int, value: ByteArray) {
        header(field, TYPE_BINARY)
        bytes(value)
    }

    fun text(field: Int, value: String) = binary(field, value.toByteArray())

    fun struct(field: Int, content: ThriftCompact.() -> Unit) {
        header(field, TYPE_STRUCT)
        nested(content)
    }

    fun i32s(field: Int, values: List<Int>) {
        list(field, TYPE_I32, values.size)
        values.forEach { out.zigzag(it.toLong()) }
    }

    fun texts(field: Int, values: List<String>) {
        list(field, TYPE_BINARY, values.size)
        values.forEach { bytes(it.toByteArray()) }
    }

    fun <T> structs(field: Int, values: List<T>, content: ThriftCompact.(T) -> Unit) {
        list(field, TYPE_STRUCT, values.size)
        values.forEach { value -> nested { content(value) } }
    }

    /** Writes a whole structure: its fields and the mark of its end. */
    fun nested(content: ThriftCompact.() -> Unit) {
        val outer = lastField
        lastField = 0
        content()
        out.byte(STOP)
        lastField = outer
    }

    private fun list(field: Int, type: Int, size: Int) {
        header(field, TYPE_LIST)
        if (size < 15) {
            out.byte((size shl 4) or type)
        } else {
            out.byte(0xf0 or type)
            out.varint(size.toLong())
        }
    }

    private fun bytes(value: ByteArray) {
        out.varint(value.size.toLong())
        out.bytes(value)
    }

    private fun header(field: Int, type: Int) {
        check(field in lastField + 1..lastField + 15) { "field $field behind $lastField" }
        out.byte(((field - lastField) shl 4) or type)
        lastField = field
    }

    private companion object {
        const val STOP = 0
        const val TYPE_TRUE = 1
        const val TYPE_FALSE = 2
        const val TYPE_I32 = 5
        const val TYPE_I64 = 6
        const val TYPE_BINARY = 8
        const val TYPE_LIST = 9
        const val TYPE_STRUCT = 12
    }
}
