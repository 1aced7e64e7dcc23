package twitchactors.ops

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import twitchactors.pbm.Outcome

/**
 * What a command has found or done.
 *
 * @param lines for people
 * @param json the same for programs
 */
class Answer(val lines: List<String>, val json: JsonElement, val outcome: Outcome = Outcome.DONE) {
    companion object {
        /** One sentence, which is `said` in [json] together with [facts]. */
        fun said(line: String, vararg facts: Pair<String, JsonElement>): Answer =
            Answer(listOf(line), JsonObject(mapOf("said" to JsonPrimitive(line)) + facts))
    }
}
