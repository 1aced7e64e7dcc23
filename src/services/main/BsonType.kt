package twitchactors.services

import org.h2.mvstore.WriteBuffer
import org.h2.mvstore.type.BasicDataType
import java.nio.ByteBuffer
import java.nio.ByteOrder

/**
 * Keeps documents in the embedded store as their BSON, on disk and in memory: a document of the store as Java objects takes
 * five times the heap, and would be encoded again with each writing of its page.
 */
internal class BsonType : BasicDataType<ByteArray>() {
    override fun createStorage(size: Int): Array<ByteArray?> = arrayOfNulls(size)

    override fun getMemory(bson: ByteArray): Int = ARRAY_HEADER + bson.size

    override fun write(buffer: WriteBuffer, bson: ByteArray) {
        buffer.put(bson)
    }

    /** A document begins with its own length. */
    override fun read(buffer: ByteBuffer): ByteArray {
        val length = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).int
        return ByteArray(length).also(buffer::get)
    }

    private companion object {
        const val ARRAY_HEADER = 16
    }
}
