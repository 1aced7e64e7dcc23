package twitchactors.services

import de.bwaldvogel.mongo.MongoDatabase
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection
import de.bwaldvogel.mongo.backend.CollectionOptions
import de.bwaldvogel.mongo.backend.CursorRegistry
import de.bwaldvogel.mongo.backend.DocumentWithPosition
import de.bwaldvogel.mongo.backend.Missing
import de.bwaldvogel.mongo.backend.QueryResult
import de.bwaldvogel.mongo.backend.ValueComparator
import de.bwaldvogel.mongo.bson.Document
import de.bwaldvogel.mongo.wire.bson.BsonDecoder
import de.bwaldvogel.mongo.wire.bson.BsonEncoder
import io.netty.buffer.Unpooled
import org.h2.mvstore.MVMap
import java.util.UUID
import java.util.stream.Stream
import kotlin.streams.asStream

/** A collection of the embedded store: a map from `_id` to BSON. Whoever asks for a document gets one of their own. */
internal class DocumentCollection(
    database: MongoDatabase,
    name: String,
    options: CollectionOptions,
    private val documents: MVMap<Any, ByteArray>,
    cursors: CursorRegistry,
) : AbstractSynchronizedMongoCollection<Any>(database, name, options, cursors) {
    override fun addDocumentInternal(document: Document): Any {
        val position: Any = if (idField == null) UUID.randomUUID() else Missing.ofNullable(document[idField])
        check(documents.put(position, encode(document)) == null) { "there is a document at $position already" }
        return position
    }

    override fun getDocument(position: Any): Document? = documents[position]?.let(::decode)

    override fun handleUpdate(position: Any, oldDocument: Document?, newDocument: Document) {
        documents[Missing.ofNullable(position)] = encode(newDocument)
    }

    override fun removeDocument(position: Any) {
        checkNotNull(documents.remove(position)) { "there is no document at $position" }
    }

    override fun count(): Int = documents.size

    override fun isEmpty(): Boolean = documents.isEmpty()

    override fun streamAllDocumentsWithPosition(): Stream<DocumentWithPosition<Any>> =
        documents.entries.stream().map { (position, bson) -> DocumentWithPosition(decode(bson), position) }

    override fun matchDocuments(
        query: Document,
        orderBy: Document?,
        skip: Int,
        limit: Int,
        batchSize: Int,
        fields: Document?,
    ): QueryResult {
        val above = idAbove(query, orderBy)
        // In order already: sorted again, all that follows would be in memory, whatever the limit.
        if (above != null) return matchDocumentsFromStream(above(above), query, null, skip, limit, batchSize, fields)
        val all = if (isNaturalDescending(orderBy)) {
            streamAllDocumentsWithPosition()
                .sorted { a, b -> ValueComparator.desc().compare(a.position, b.position) }
                .map { it.document }
        } else {
            documents.values.stream().map(::decode)
        }
        return matchDocumentsFromStream(all, query, orderBy, skip, limit, batchSize, fields)
    }

    /** The text whose greater `_id`s are asked for in ascending order; null when something else is asked for. */
    private fun idAbove(query: Document, orderBy: Document?): String? {
        val asked = (query[ID] as? Document)?.takeIf { query.keys == setOf(ID) && it.keys == setOf(GREATER) }
        val isAscending = orderBy?.keys == setOf(ID) && (orderBy[ID] as? Number)?.toInt() == 1
        return if (isAscending) asked?.get(GREATER) as? String else null
    }

    /** The documents whose `_id` is a text greater than [id], in order. */
    private fun above(id: String): Stream<Document> {
        val first = documents.higherKey(id) ?: return Stream.empty()
        val cursor = documents.cursor(first)
        return cursor.asSequence().takeWhile { it is String }.map { decode(cursor.value) }.asStream()
    }

    /** Counted when asked for: keeping the sum would encode each document twice. */
    override fun tracksDataSize(): Boolean = false

    override fun updateDataSize(sizeDelta: Int) = Unit

    override fun getDataSize(): Int = documents.values.sumOf { it.size.toLong() }.coerceAtMost(Int.MAX_VALUE.toLong()).toInt()

    private fun encode(document: Document): ByteArray {
        val bson = Unpooled.buffer(ENCODED_BYTES)
        BsonEncoder.encodeDocument(document, bson)
        return bson.array().copyOf(bson.writerIndex())
    }

    private fun decode(bson: ByteArray): Document = BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson))

    private companion object {
        /** More than most documents take. */
        const val ENCODED_BYTES = 256
        const val ID = "_id"
        const val GREATER = "\$gt"
    }
}
