package twitchactors.sources

/**
 * What the chat is like on this node.
 *
 * @param connections that are logged in
 * @param rooms that are followed
 * @param joined those of them that are listened to
 * @param listed those of them whose list of names is whole and held
 * @param names on all these lists
 * @param bytes of memory that lists and authors take
 * @param isDegraded whether a connection is without membership, so that only authors of messages are seen
 * @param messages received since the start
 * @param linesDropped lines that were too long or held no command, since the start
 * @param connects attempts to connect since the start
 */
class ChatStatus(
    val connections: Int,
    val rooms: Int,
    val joined: Int,
    val listed: Int,
    val names: Int,
    val bytes: Long,
    val isDegraded: Boolean,
    val messages: Long,
    val linesDropped: Long,
    val connects: Long,
)
