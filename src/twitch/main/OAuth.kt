package twitchactors.twitch

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** What id.twitch.tv does below `/oauth2`, and the page on which a user grants what a device asks for. */
internal class OAuth(
    private val settings: SimulatedTwitchSettings,
    private val tokens: Tokens,
    private val codes: DeviceCodes,
    private val accounts: Accounts,
    private val address: Address,
) {
    fun token(asked: Asked): Reply {
        val client = asked.field("client_id") ?: return Reply.refused(400, "missing client id")
        if (client != SimulatedTwitchSettings.CLIENT_ID) return Reply.refused(400, "invalid client")
        val secret = asked.field("client_secret")
        if (secret != null && secret != SimulatedTwitchSettings.CLIENT_SECRET) return Reply.refused(403, "invalid client secret")
        return when (asked.field("grant_type")) {
            null -> Reply.refused(400, "missing grant type")
            "client_credentials" -> if (secret == null) Reply.refused(400, "missing client secret") else issued(tokens.app())
            "refresh_token" -> refreshed(asked)
            DEVICE_GRANT -> granted(asked)
            else -> Reply.refused(400, "invalid grant type")
        }
    }

    /** Begins a device code flow. */
    fun device(asked: Asked): Reply {
        val client = asked.field("client_id") ?: return Reply.refused(400, "missing client id")
        if (client != SimulatedTwitchSettings.CLIENT_ID) return Reply.refused(400, "invalid client")
        val scopes = (asked.field("scopes") ?: asked.field("scope")).orEmpty().split(' ').filter { it.isNotEmpty() }.toSet()
        val code = codes.begin(scopes)
        return Reply.json(
            buildJsonObject {
                put("device_code", code.device)
                put("expires_in", settings.lives.deviceCode.toSeconds())
                put("interval", POLL_SECONDS)
                put("user_code", code.user)
                put("verification_uri", "${address.http}/activate?public=true&device-code=${code.user}")
            },
        )
    }

    fun validate(asked: Asked): Reply {
        val header = asked.header("authorization") ?: return Reply.refused(401, "missing authorization token")
        val token = tokens.find(header.removePrefix("OAuth ").removePrefix("Bearer ")) ?: return Reply.refused(401, "invalid access token")
        return Reply.json(
            buildJsonObject {
                put("client_id", SimulatedTwitchSettings.CLIENT_ID)
                token.user?.let { put("login", accounts.login(it)) }
                // An app token has no scopes: null, not an empty list.
                if (token.user == null) put("scopes", JsonNull) else putJsonArray("scopes") { token.scopes.forEach { add(it) } }
                token.user?.let { put("user_id", accounts.id(it).toString()) }
                put("expires_in", tokens.secondsLeft(token))
            },
        )
    }

    /** Shows who asks for what, with a form to grant it. */
    fun activate(asked: Asked): Reply {
        val code = asked.one("device-code")?.let { codes.waiting(it) }
        val fields = if (code == null) {
            "<p><label>Code <input name=\"device-code\" required></label></p>"
        } else {
            "<p>The app asks for: ${code.scopes.joinToString { Markup.text(it) }.ifEmpty { "nothing" }}</p>" +
                "<input type=\"hidden\" name=\"device-code\" value=\"${code.user}\">"
        }
        val login = "<p><label>Account <input name=\"login\" value=\"${SimulatedTwitchSettings.COLLECTOR}\" required></label></p>"
        return page("<form method=\"post\" action=\"/activate\">$fields$login$BUTTONS</form>")
    }

    /** Takes what the form says: that the account grants it, or `answer=deny`. */
    fun grant(asked: Asked): Reply {
        val code = codes.waiting(asked.field("device-code").orEmpty())
            ?: return page("<p>This code is not known, used or too old.</p>", 404)
        if (asked.field("answer") == "deny") {
            code.isDenied = true
            return page("<p>Denied. The device gets nothing.</p>")
        }
        val login = asked.field("login").orEmpty()
        code.grantedBy = accounts.numberOf(login.lowercase()) ?: return page("<p>There is no account ${Markup.text(login)}.</p>", 404)
        return page("<p>Authorized. You may go back to your device.</p>")
    }

    private fun granted(asked: Asked): Reply {
        val device = asked.field("device_code") ?: return Reply.refused(400, "missing device code")
        val code = codes.polled(device) ?: return Reply.refused(400, "invalid device code")
        if (code.isDenied) return Reply.refused(400, "access_denied")
        val user = code.grantedBy ?: return Reply.refused(400, "authorization_pending")
        return if (codes.use(code)) issued(tokens.user(user, code.scopes)) else Reply.refused(400, "invalid device code")
    }

    private fun refreshed(asked: Asked): Reply {
        val refresh = asked.field("refresh_token") ?: return Reply.error(400, "missing refresh token")
        return tokens.renew(refresh)?.let { issued(it) } ?: Reply.error(400, "Invalid refresh token")
    }

    private fun issued(token: Token) = Reply.json(
        buildJsonObject {
            put("access_token", token.value)
            put("expires_in", tokens.secondsLeft(token))
            token.refresh?.let { put("refresh_token", it) }
            if (token.user != null) putJsonArray("scope") { token.scopes.forEach { add(it) } }
            put("token_type", "bearer")
        },
    )

    private fun page(content: String, status: Int = 200) = Reply.html(Markup.page("Activate", content), status)

    private companion object {
        const val DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
        const val POLL_SECONDS = 5
        const val BUTTONS = "<button>Authorize</button> <button name=\"answer\" value=\"deny\">Deny</button>"
    }
}
