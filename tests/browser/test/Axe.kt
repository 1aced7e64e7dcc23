package twitchactors.browser

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive

/** axe-core, which looks for what shuts out those who do not see, or do not use a mouse. */
internal object Axe {
    private val SCRIPT = checkNotNull(Axe::class.java.getResource("/axe.min.js")).readText()

    private const val RUN = """async rules => {
        const found = await window.axe.run(document, { resultTypes: ['violations'], ...(rules.length ? { runOnly: rules } : {}) })
        return JSON.stringify(found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v =>
            v.impact + ' ' + v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' +
                n.html.slice(0, 160) + ' ' + n.any.concat(n.all, n.none).map(c => c.message).join('; ')).join(' | ')))
    }"""

    /** Rules that a change of colours can break. */
    private val OF_COLOURS = listOf("color-contrast", "link-in-text-block")

    /** What of the page of [look] is serious or critical, each with where it is. */
    fun serious(look: Look): List<String> {
        look.page.evaluate(SCRIPT)
        return run(look, emptyList())
    }

    /** The same of a page that was looked at and has other colours now. */
    fun seriousInItsColours(look: Look): List<String> = run(look, OF_COLOURS)

    private fun run(look: Look, rules: List<String>): List<String> =
        Json.parseToJsonElement(look.page.evaluate(RUN, rules) as String).jsonArray.map { it.jsonPrimitive.content }
}
