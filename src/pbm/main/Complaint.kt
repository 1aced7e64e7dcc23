package twitchactors.pbm

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.io.PrintStream

/**
 * Why something was not done, and how that ends a command.
 *
 * @param message one line
 */
internal class Complaint(private val message: String, val outcome: Outcome) {
    /** The document for who asked for JSON, and so gets one whatever happens. */
    fun document(): String =
        JsonObject(mapOf("error" to JsonPrimitive(outcome.name.lowercase()), "message" to JsonPrimitive(message))).toString()

    /** Says it on stderr, and with [json] by the document on [out]. */
    fun say(json: Boolean, out: PrintStream = System.out): Outcome {
        System.err.println("pbm: $message")
        if (json) out.println(document())
        return outcome
    }

    companion object {
        fun of(wrong: WrongCommand) = Complaint(wrong.message.orEmpty(), Outcome.BAD_INPUT)

        fun of(silent: NoNode) = Complaint(silent.message.orEmpty(), silent.outcome)
    }
}
