package twitchactors.services

/**
 * Where the document database is. [uri] may hold a password, so this type prints its hosts only.
 *
 * @param pagesUri where pages find it: the embedded one has a way of their own for them
 */
class MongoEndpoint(val uri: String, val database: String, val pagesUri: String = uri) {
    /** The hosts of [uri], without the user and the options. */
    val address: String get() = uri.substringAfter("://").substringBefore('/').substringBefore('?').substringAfterLast('@')

    override fun toString(): String = "MongoDB at $address"
}
