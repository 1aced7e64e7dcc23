package twitchactors.dashboard

import gg.jte.Content

/** What the template of a page shows, worked out. */
internal class BoardView(val board: Board, val question: Question, answers: List<Answered>, val path: String, val above: Content? = null) {
    val period: Period get() = question.period
    val panels: List<PanelView> = answers.map(::PanelView)
    val title: String get() = board.title(question)

    /** The page above this one; null when there is none. */
    val parent: Table.Elsewhere? get() = board.parent(question)

    val more: Table.Elsewhere? get() = board.more?.invoke(question)

    val choices: List<Choice> get() = board.choices
    val offered: List<Choice> get() = choices.filter { it.isShown }

    fun value(choice: Choice): String = question.choice(choice)

    private val offers = answers.flatMap { it.table.offers.entries }.associate { it.key to it.value }

    /** What may be suggested or picked for [choice]. */
    fun offers(choice: Choice): List<String> = offers[choice.name].orEmpty()

    /** The same with what is picked now, which may not be offered in this period. */
    fun picks(choice: Choice): List<String> = (offers(choice) + value(choice)).filter { it.isNotEmpty() }.distinct()

    /** All fields of this view's address, with [changes]; a null takes one out. */
    fun fields(vararg changes: Pair<String, String?>): Map<String, String> {
        val chosen = choices.associate {
            it.name to value(it)
        }.filter { (name, value) -> choices.find { it.name == name }?.default != value }
        val all = LinkedHashMap(period.query() + chosen)
        changes.forEach { (name, value) -> if (value == null) all.remove(name) else all[name] = value }
        return all
    }

    fun link(vararg changes: Pair<String, String?>): String = Question.address(path, fields(*changes))

    fun presetLink(preset: Period.Preset): String = link("period" to preset.word, "from" to null, "to" to null)

    fun choiceLink(choice: Choice, value: String): String = link(choice.name to value.takeIf { it != choice.default })

    val compareLink: String get() = link("compare" to if (period.compare) null else "1")

    val presets: List<Period.Preset> get() = Period.Preset.entries - Period.Preset.CUSTOM

    val zones: List<String> get() = (Zone.OFFERED + zone).distinct()
    val zone: String get() = Zone.name(period.zone)

    /** The fields that a form has to carry along, without [without]. */
    fun carried(vararg without: String): Map<String, String> = fields().filterKeys { it !in without }

    val span: String get() {
        val (from, to) = CellText.moment(period.from, period.zone) to CellText.moment(period.to, period.zone)
        return "$from – $to ($zone)"
    }
}
