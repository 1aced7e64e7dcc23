package twitchactors.services

import de.bwaldvogel.mongo.MongoCollection
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex
import de.bwaldvogel.mongo.backend.IndexKey
import de.bwaldvogel.mongo.backend.KeyValue
import de.bwaldvogel.mongo.bson.BsonRegularExpression
import de.bwaldvogel.mongo.bson.Document
import org.h2.mvstore.MVMap

/**
 * Finds documents by `_id` in the embedded store. One whose `_id` is text is found in the map of documents itself, which has it
 * as its key: a second map would cost as much again, and a kill between the two would leave a document that no `_id` leads
 * to. Others are found by [others].
 *
 * Serves each query that asks for an `_id`, whatever else it asks for; the library's own serves those that ask for nothing else,
 * and a conditional replace would look at every document.
 */
internal class IdIndex(
    name: String,
    keys: List<IndexKey>,
    private val documents: MVMap<Any, ByteArray>,
    private val others: MVMap<KeyValue, Any>,
) : AbstractUniqueIndex<Any>(name, keys, false) {
    private val field = keys.single().key

    override fun canHandle(query: Document): Boolean {
        val id = query[field]
        return when {
            id == null || BsonRegularExpression.isRegularExpression(id) || id is Collection<*> -> super.canHandle(query)
            id is Document && id.keys.any { it.startsWith("$") } -> id.keys == setOf("\$in")
            else -> true
        }
    }

    /** The document is in its map already. */
    override fun add(document: Document, position: Any, collection: MongoCollection<Any>) {
        if (document[field] !is String) super.add(document, position, collection)
    }

    override fun getPosition(key: KeyValue): Any? = when (val id = key[0]) {
        is String -> id.takeIf { documents.containsKey(it) }
        else -> others[key]
    }

    override fun putKeyPosition(key: KeyValue, position: Any): Boolean = others.putIfAbsent(key, position) == null

    /** The collection removes the document itself after this. */
    override fun removeDocument(key: KeyValue): Any? = if (key[0] is String) getPosition(key) else others.remove(key)

    override fun getIterable(): Iterable<Map.Entry<KeyValue, Any>> {
        val texts = documents.keyIterator(null).asSequence().filterIsInstance<String>()
        return (texts.map { KeyValue(it) to it as Any } + others.entries.asSequence().map { it.toPair() }).toMap().entries
    }

    override fun getCount(): Long = documents.sizeAsLong()

    override fun isEmpty(): Boolean = documents.isEmpty()

    override fun getDataSize(): Long = count
}
