package twitchactors.sources

import com.fasterxml.jackson.core.JsonFactory
import com.fasterxml.jackson.core.JsonParser
import com.fasterxml.jackson.core.JsonProcessingException
import com.fasterxml.jackson.core.JsonToken
import twitchactors.domain.ByteSink
import twitchactors.domain.Login

/**
 * A page of Get Chatters, read without an object for a name.
 *
 * @param logins each followed by `\n`
 * @param dropped names that are no logins
 * @param total names on all pages, as Twitch counts; null when it does not say
 * @param cursor to the next page; null at the end
 */
internal class ChatterPage private constructor(val logins: ByteSink, val dropped: Int, val total: Int?, val cursor: String?) {
    private class Reader(private val parser: JsonParser) {
        private val logins = ByteSink(FIRST)
        private var dropped = 0
        private var total: Int? = null
        private var cursor: String? = null
        private var hasData = false

        fun page(): ChatterPage {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw unread()
            members { member ->
                when (member) {
                    "data" -> data()
                    "total" -> total = parser.takeIf { it.currentToken() == JsonToken.VALUE_NUMBER_INT }?.intValue
                    "pagination" -> pagination()
                    else -> parser.skipChildren()
                }
            }
            if (!hasData || parser.nextToken() != null) throw unread()
            return ChatterPage(logins, dropped, total, cursor)
        }

        private fun data() {
            if (parser.currentToken() != JsonToken.START_ARRAY) throw unread()
            hasData = true
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) throw unread()
                var hasLogin = false
                members { member ->
                    if (member == "user_login" &&
                        parser.currentToken() == JsonToken.VALUE_STRING
                    ) {
                        hasLogin = login()
                    } else {
                        parser.skipChildren()
                    }
                }
                if (!hasLogin) dropped++
            }
        }

        private fun pagination() {
            if (parser.currentToken() != JsonToken.START_OBJECT) return parser.skipChildren().let { }
            members { member ->
                if (member == "cursor") cursor = parser.text?.takeIf { it.isNotEmpty() && parser.currentToken() == JsonToken.VALUE_STRING }
                parser.skipChildren()
            }
        }

        /** Calls [value] for each member of the object that has just begun, at its value. */
        private inline fun members(value: (String) -> Unit) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                val member = parser.currentName()
                parser.nextToken()
                value(member)
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) throw unread()
        }

        /** Takes the current text in; false when it is no login. */
        private fun login(): Boolean {
            val characters = parser.textCharacters
            val from = parser.textOffset
            val length = parser.textLength
            if (length !in 1..Login.MAX_LENGTH) return false
            logins.room(length + 1)
            for (at in 0 until length) {
                val character = characters[from + at]
                val folded = if (character in 'A'..'Z') character + ('a' - 'A') else character
                if (folded !in 'a'..'z' && folded !in '0'..'9' && folded != '_') return false
                logins.array[logins.size + at] = folded.code.toByte()
            }
            logins.array[logins.size + length] = '\n'.code.toByte()
            logins.advance(length + 1)
            return true
        }
    }

    companion object {
        private const val FIRST = 16_384
        private val FACTORY = JsonFactory()

        /** @throws NoAnswerYet when [reply] is no such page */
        fun of(reply: HttpReply): ChatterPage = try {
            FACTORY.createParser(reply.body.array, 0, reply.body.size).use { Reader(it).page() }
        } catch (_: JsonProcessingException) {
            throw unread()
        }

        private fun unread() = NoAnswerYet("Twitch's answer cannot be read")
    }
}
