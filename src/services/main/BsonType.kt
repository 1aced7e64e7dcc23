package twitchactors.services

import de.bwaldvogel.mongo.bson.Document
import de.bwaldvogel.mongo.wire.bson.BsonDecoder
import de.bwaldvogel.mongo.wire.bson.BsonEncoder
import io.netty.buffer.Unpooled
import org.h2.mvstore.WriteBuffer
import org.h2.mvstore.type.BasicDataType
import java.nio.ByteBuffer

/** Keeps documents in the embedded store as BSON: an eighth of the bytes of serialized Java objects, and of their time. */
internal class BsonType : BasicDataType<Document>() {
    override fun createStorage(size: Int): Array<Document?> = arrayOfNulls(size)

    /** Roughly: it decides how many pages are kept in memory. */
    override fun getMemory(document: Document): Int = memory(document)

    override fun write(buffer: WriteBuffer, document: Document) {
        val bson = Unpooled.buffer(256)
        BsonEncoder.encodeDocument(document, bson)
        buffer.put(ByteBuffer.wrap(bson.array(), 0, bson.writerIndex()))
    }

    override fun read(buffer: ByteBuffer): Document {
        val bson = Unpooled.wrappedBuffer(buffer)
        val document = BsonDecoder.decodeBson(bson)
        buffer.position(buffer.position() + bson.readerIndex())
        return document
    }

    private fun memory(value: Any?): Int = when (value) {
        is Map<*, *> -> value.entries.sumOf { (name, inner) -> ENTRY + memory(name) + memory(inner) }
        is Collection<*> -> value.sumOf { memory(it) + POINTER }
        is String -> STRING + value.length
        is ByteArray -> value.size
        else -> NUMBER
    }

    private companion object {
        const val ENTRY = 48
        const val STRING = 48
        const val NUMBER = 16
        const val POINTER = 4
    }
}
