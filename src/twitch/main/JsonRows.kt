package twitchactors.twitch

import kotlinx.serialization.json.JsonPrimitive
import twitchactors.domain.ByteSink

/** Appends `"name":"value"`, [value] of any characters. */
internal fun ByteSink.member(name: String, value: String) {
    text("\"$name\":")
    text(JsonPrimitive(value).toString())
}

/** Appends `{"data":[rows],`: what every listing of Helix begins with. */
internal inline fun ByteSink.data(count: Int, row: (Int) -> Unit) {
    text("{\"data\":[")
    for (i in 0 until count) {
        if (i > 0) ascii(',')
        row(i)
    }
    text("],")
}
