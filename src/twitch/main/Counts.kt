package twitchactors.twitch

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import java.util.TreeMap
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.LongAdder

/** What was asked and answered, for who checks that a client kept to the rules. */
internal class Counts {
    private val replies = ConcurrentHashMap<String, ConcurrentHashMap<Int, LongAdder>>()

    /** Names in replies to Get Chatters. */
    val names = LongAdder()
    val ircConnections = LongAdder()
    val ircLogins = LongAdder()
    val ircJoins = LongAdder()
    val ircJoinsRefused = LongAdder()
    val ircLoginsRefused = LongAdder()
    val ircMessages = LongAdder()
    val ircUnanswered = LongAdder()

    fun reply(path: String, status: Int) {
        replies.computeIfAbsent(path) { ConcurrentHashMap() }.computeIfAbsent(status) { LongAdder() }.increment()
    }

    /** All of it; `points_refused` above 0 means that a client spent more than its budget. */
    fun json(budgets: Map<String, Budget>, faults: List<Faults.Switched>, servedLines: Long): JsonObject = buildJsonObject {
        put("simulated", true)
        putJsonObject("replies") {
            TreeMap(replies).forEach { (path, statuses) ->
                putJsonObject(path) { TreeMap(statuses).forEach { (status, count) -> put(status.toString(), count.sum()) } }
            }
        }
        putJsonObject("budgets") {
            TreeMap(budgets).forEach { (name, budget) ->
                putJsonObject(name) {
                    put("points_spent", budget.spent.get())
                    put("points_refused", budget.refused.get())
                    put("points_most_in_a_minute", budget.mostInAMinute)
                }
            }
        }
        put("names", names.sum())
        put("served_lines", servedLines)
        putJsonObject("irc") {
            put("connections", ircConnections.sum())
            put("logins", ircLogins.sum())
            put("logins_refused", ircLoginsRefused.sum())
            put("joins", ircJoins.sum())
            put("joins_refused", ircJoinsRefused.sum())
            put("messages", ircMessages.sum())
            put("pings_unanswered", ircUnanswered.sum())
        }
        putJsonArray("faults") {
            faults.forEach {
                addJsonObject {
                    put("fault", it.fault.toString())
                    put("happened", it.happened.get())
                }
            }
        }
    }
}
