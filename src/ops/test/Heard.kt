package twitchactors.ops

import kotlinx.serialization.json.JsonElement

/** Replies that are kept. */
internal class Heard : Replies {
    val lines = ArrayList<String>()
    val json = ArrayList<JsonElement>()
    val news = ArrayList<String>()

    override var isOpen = true

    override fun next(answer: Answer) {
        lines += answer.lines
        json += answer.json
    }

    override fun news(line: String) {
        news += line
    }
}
