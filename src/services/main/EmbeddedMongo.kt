package twitchactors.services

import de.bwaldvogel.mongo.MongoBackend
import de.bwaldvogel.mongo.MongoCollection
import de.bwaldvogel.mongo.MongoDatabase
import de.bwaldvogel.mongo.MongoServer
import de.bwaldvogel.mongo.ServerVersion
import de.bwaldvogel.mongo.backend.CollectionOptions
import de.bwaldvogel.mongo.backend.Index
import de.bwaldvogel.mongo.backend.IndexKey
import de.bwaldvogel.mongo.backend.KeyValue
import de.bwaldvogel.mongo.backend.h2.H2Backend
import de.bwaldvogel.mongo.backend.h2.H2Database
import de.bwaldvogel.mongo.bson.Document
import de.bwaldvogel.mongo.wire.message.MongoMessage
import org.h2.mvstore.MVMap
import org.h2.mvstore.MVStore
import java.nio.file.Files
import java.nio.file.Path

/**
 * A MongoDB-compatible server inside this process, its store in one file. It writes its changes once a second, so a killed
 * process may lose the last second, except what was made durable: by the command `{fsync: 1}` or by a write with `j: true`.
 * That holds for clients in any process, as with a real MongoDB.
 */
internal class EmbeddedMongo private constructor(private val server: Bound, private val pages: Bound, private val backend: DurableBackend) :
    AutoCloseable {
    val port: Int get() = server.port

    /** The same documents by threads of their own, for who reads a little at a time. */
    val pagesPort: Int get() = pages.port

    @Volatile
    private var isEnding = false

    /** Why it answers nothing any more; null while it works. Nothing but a new process mends that. */
    val failure: String?
        get() = "the document store closed itself after a fault, as of a full heap or disk".takeIf { backend.isClosed && !isEnding }

    /** After this all writes that were answered before are on disk. */
    fun makeDurable() = backend.makeDurable()

    fun endpoint(database: String) = MongoEndpoint("mongodb://127.0.0.1:$port", database, "mongodb://127.0.0.1:$pagesPort")

    override fun close() {
        isEnding = true
        if (!backend.isClosed) backend.makeDurable()
        pages.server.shutdownNow()
        server.server.shutdownNow()
    }

    /**
     * A server on its port. The library has a few threads for all connections of a server, and whoever waits for a collection that is
     * written to keeps one of them.
     */
    private class Bound(val server: MongoServer, val port: Int)

    /** [backend] for a second server, which does not close it when it ends. */
    private class Shared(backend: MongoBackend) : MongoBackend by backend {
        override fun close() = Unit
    }

    /** After this no file of it holds a byte of what was removed or replaced before. Rewrites all of the store; nobody writes meanwhile. */
    fun forgetRemoved() = backend.forgetRemoved()

    /**
     * The H2 store, with the two ways in which a client of a real MongoDB asks for durability, and its command `compact`, which here
     * is about all collections and leaves nothing of what was removed.
     */
    private class DurableBackend(store: MVStore, private val file: WipedStore) : H2Backend(store) {
        override fun openOrCreateDatabase(name: String): MongoDatabase = Documents(name)

        val isClosed: Boolean get() = mvStore.isClosed

        fun makeDurable() {
            commit()
            mvStore.sync()
        }

        fun forgetRemoved() {
            makeDurable()
            file.wipe(mvStore)
        }

        override fun handleMessage(message: MongoMessage): Document {
            val command = message.document
            if (command.keys.first() == "fsync") {
                makeDurable()
                return Document("numFiles", 1).append("ok", 1.0)
            }
            if (command.keys.first() == "compact") {
                forgetRemoved()
                return Document("ok", 1.0)
            }
            val answer = super.handleMessage(message)
            if ((command["writeConcern"] as? Document)?.get("j") == true) makeDurable()
            return answer
        }

        /** Keeps documents as BSON and finds them by `_id` in one map. Inner, for the library opens collections while it constructs. */
        private inner class Documents(name: String) : H2Database(name, mvStore, cursorRegistry) {
            override fun openOrCreateCollection(name: String, options: CollectionOptions): MongoCollection<Any> =
                DocumentCollection(this, name, options, kept(name), cursorRegistry)

            override fun openOrCreateUniqueIndex(collection: String, name: String, keys: List<IndexKey>, sparse: Boolean): Index<Any> {
                if (keys.singleOrNull()?.key != "_id") return super.openOrCreateUniqueIndex(collection, name, keys, sparse)
                val others = mvStore.openMap<KeyValue, Any>("${getFullCollectionNamespace(collection)}._index_$name")
                return IdIndex(name, keys, kept(collection), others)
            }

            private fun kept(collection: String): MVMap<Any, ByteArray> = mvStore.openMap(
                "databases.${getFullCollectionNamespace(collection)}",
                MVMap.Builder<Any, ByteArray>().valueType(BsonType()),
            )
        }
    }

    companion object {
        /** @param cacheBytes heap for pages of the store */
        fun start(directory: Path, ports: Ports, cacheBytes: Long): EmbeddedMongo {
            Files.createDirectories(directory)
            val file = WipedStore.open(directory.resolve("store.mv"), cacheBytes)
            val store = MVStore.Builder().adoptFileStore(file).open()
            val backend = DurableBackend(store, file)
            backend.version(ServerVersion.MONGO_5_0)
            val bound = ArrayList<Bound>()
            try {
                bound += bind(Shared(backend), EmbeddedServices.MONGO_PAGES, ports)
                bound += bind(backend, EmbeddedServices.MONGO, ports)
                return EmbeddedMongo(bound.last(), bound.first(), backend)
            } catch (failure: Exception) {
                bound.forEach { it.server.shutdownNow() }
                backend.close()
                throw failure
            }
        }

        private fun bind(backend: MongoBackend, name: String, ports: Ports): Bound {
            val server = MongoServer(backend)
            val port = try {
                ports.choose(name).also { server.bind("127.0.0.1", it) }
            } catch (_: Exception) {
                ports.another(name).also { server.bind("127.0.0.1", it) }
            }
            ports.bound(name, port)
            return Bound(server, port)
        }
    }
}
