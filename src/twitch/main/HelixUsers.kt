package twitchactors.twitch

import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.Login
import java.time.Instant

/** Get Users. Who is not known is left out, without an error. */
internal class HelixUsers(private val accounts: Accounts, private val address: Address, private val faults: Faults) {
    fun answer(call: HelixGate.Call): Reply {
        val ids = call.asked.all("id")
        val logins = call.asked.all("login")
        if (ids.size + logins.size > 100) throw Refusal(400, "The request exceeded the maximum allowed number of id and login parameters.")
        val wanted = LinkedHashSet<Int>()
        if (ids.isEmpty() && logins.isEmpty()) {
            wanted += call.token.user ?: throw Refusal(400, "The id or login query parameter is required.")
        }
        for (id in ids) accounts.numberOfId(id.toLongOrNull() ?: throw INVALID)?.let { wanted += it }
        for (login in logins) accounts.numberOf(Login.of(login)?.name ?: throw INVALID)?.let { wanted += it }
        val there = wanted.filter { faults.hits(FaultKind.MISSING_STREAMER, call.asked.path) { listOf(accounts.login(it)) } == null }
        return Reply.json(
            buildJsonObject {
                putJsonArray("data") {
                    for (number in there) {
                        addJsonObject {
                            put("id", accounts.id(number).toString())
                            put("login", accounts.login(number))
                            put("display_name", accounts.displayName(number))
                            put("type", "")
                            put("broadcaster_type", broadcasterType(number))
                            put("description", if (accounts.isStreamer(number)) "Chaîne simulée." else "")
                            put("profile_image_url", address.profile(accounts.id(number)))
                            put("offline_image_url", "")
                            put("view_count", 0)
                            put("created_at", Instant.ofEpochSecond(createdAt(number)).toString())
                        }
                    }
                }
            },
        )
    }

    private fun broadcasterType(number: Int) = when {
        !accounts.isStreamer(number) -> ""
        number < PARTNERS -> "partner"
        else -> "affiliate"
    }

    /** Some moment in the ten years after 2011-06-06. */
    private fun createdAt(number: Int) = FIRST_ACCOUNT + accounts.id(number) % TEN_YEARS

    private companion object {
        val INVALID = Refusal(400, "Invalid login names, emails or IDs in request")
        const val PARTNERS = 200
        const val FIRST_ACCOUNT = 1_307_318_400L
        const val TEN_YEARS = 315_532_800L
    }
}
