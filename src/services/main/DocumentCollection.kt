package twitchactors.services

import de.bwaldvogel.mongo.MongoDatabase
import de.bwaldvogel.mongo.backend.CollectionOptions
import de.bwaldvogel.mongo.backend.CursorRegistry
import de.bwaldvogel.mongo.backend.h2.H2Collection
import de.bwaldvogel.mongo.bson.Document
import org.h2.mvstore.MVMap

/**
 * A collection of the embedded store. An update changes a copy of the document: the store's own thread may be writing the
 * document at the same moment.
 */
internal class DocumentCollection(
    database: MongoDatabase,
    name: String,
    options: CollectionOptions,
    documents: MVMap<Any, Document>,
    meta: MVMap<String, Any>,
    cursors: CursorRegistry,
) : H2Collection(database, name, options, documents, meta, cursors) {
    override fun getDocument(position: Any): Document? = super.getDocument(position)?.cloneDeeply()
}
