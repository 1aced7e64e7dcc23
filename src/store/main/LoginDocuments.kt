package twitchactors.store

import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonDocument
import org.bson.BsonString
import org.bson.RawBsonDocument
import reactor.core.publisher.Mono
import twitchactors.domain.Login
import java.util.concurrent.CompletionStage

/** Documents whose `_id` is a viewer's login, whatever else is in them: whether there is one, and the end of it. */
class LoginDocuments internal constructor(private val collection: MongoCollection<RawBsonDocument>) {
    fun has(login: Login): CompletionStage<Boolean> = Mono.from(collection.find(id(login)).first()).hasElement().answer()

    /** Removes the document of [login]; false when there was none. */
    fun delete(login: Login): CompletionStage<Boolean> = Mono.from(collection.deleteOne(id(login))).map { it.deletedCount == 1L }.answer()

    private fun id(login: Login) = BsonDocument("_id", BsonString(login.name))
}
