package twitchactors.pbm

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Palettes as JSON, the form in which a node sends them. */
object PaletteJson {
    fun write(palettes: List<Palette>): JsonArray = JsonArray(
        palettes.map { palette ->
            obj(
                "name" to text(palette.name),
                "description" to text(palette.description),
                "commands" to JsonArray(palette.commands.map(::command)),
            )
        },
    )

    fun read(palettes: JsonElement): List<Palette> = palettes.jsonArray.map { it.jsonObject }.map { palette ->
        Palette(palette.text("name"), palette.text("description"), palette.list("commands").map { command(it.jsonObject) })
    }

    private fun command(command: PaletteCommand) = obj(
        "name" to text(command.name),
        "description" to text(command.description),
        "arguments" to JsonArray(command.arguments.map(::argument)),
        "question" to (command.question?.let(::text) ?: JsonNull),
        "goes_on" to JsonPrimitive(command.goesOn),
        "examples" to JsonArray(command.examples.map(::text)),
    )

    private fun command(command: JsonObject) = PaletteCommand(
        command.text("name"),
        command.text("description"),
        command.list("arguments").map { argument(it.jsonObject) },
        command.textOrNull("question"),
        command.flag("goes_on"),
        command.list("examples").map { it.jsonPrimitive.content },
    )

    private fun argument(argument: PaletteArgument) = obj(
        "name" to text(argument.name),
        "description" to text(argument.description),
        "switches" to JsonArray(argument.switches.map(::text)),
        "mandatory" to JsonPrimitive(argument.isMandatory),
        "flag" to JsonPrimitive(argument.isFlag),
        "default" to (argument.default?.let(::text) ?: JsonNull),
        "values" to JsonArray(argument.values.map(::text)),
        "personal" to JsonPrimitive(argument.isPersonal),
    )

    private fun argument(argument: JsonObject) = PaletteArgument(
        argument.text("name"),
        argument.text("description"),
        argument.list("switches").map { it.jsonPrimitive.content },
        argument.flag("mandatory"),
        argument.flag("flag"),
        argument.textOrNull("default"),
        argument.list("values").map { it.jsonPrimitive.content },
        argument.flag("personal"),
    )

    private fun obj(vararg fields: Pair<String, JsonElement>) = JsonObject(linkedMapOf(*fields))

    private fun text(value: String) = JsonPrimitive(value)

    private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content

    private fun JsonObject.textOrNull(key: String) = get(key)?.jsonPrimitive?.contentOrNull

    private fun JsonObject.flag(key: String) = get(key)?.jsonPrimitive?.boolean ?: false

    private fun JsonObject.list(key: String) = get(key)?.jsonArray.orEmpty()
}
