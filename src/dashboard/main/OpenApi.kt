package twitchactors.dashboard

/** The description of the API, from what is declared. */
internal object OpenApi {
    fun of(boards: List<Board>): String = buildString {
        append(HEAD)
        boards.forEach { board(it) }
        boards.flatMap { board -> board.panels.map { it to board } }.distinctBy { it.first.id }.forEach { (panel, board) ->
            panel(panel, board)
        }
        MoreApi.entries.groupBy { it.path }.forEach { (path, here) ->
            appendLine("  /api/v1/$path:")
            here.forEach { more(it) }
        }
        append(TAIL)
    }

    private fun StringBuilder.more(more: MoreApi) {
        appendLine("    ${more.method}:")
        appendLine("      summary: ${quoted(more.summary)}")
        appendLine("      x-role: ${more.access.name.lowercase()}")
        val parameters = listOfNotNull(more.inQuery?.let { it to "query" }, more.inPath?.let { it to "path" })
        if (parameters.isNotEmpty()) appendLine("      parameters:")
        parameters.forEach { (name, where) -> appendLine("        - {name: $name, in: $where, required: true, schema: {type: string}}") }
        responses(more.type)
    }

    private fun StringBuilder.board(board: Board) {
        appendLine("  /api/v1/${board.api}${if (board.hasSubject) "/{subject}" else ""}:")
        get("All panels of the page ${board.title}", board.access.name.lowercase())
        parameters(board.choices, if (board.hasSubject) "path" else null, "subject")
        responses("application/json")
    }

    private fun StringBuilder.panel(panel: Panel, board: Board) {
        for ((suffix, type) in listOf("" to "application/json", ".csv" to "text/csv")) {
            appendLine("  /api/v1/panels/${panel.id}$suffix:")
            get("${panel.title}. ${panel.how}", panel.access.name.lowercase())
            parameters(panel.choices, if (board.hasSubject) "query" else null, Dashboard.SUBJECT)
            responses(type)
        }
    }

    private fun StringBuilder.get(summary: String, role: String) {
        appendLine("    get:")
        appendLine("      summary: ${quoted(summary)}")
        appendLine("      x-role: $role")
    }

    private fun StringBuilder.parameters(choices: List<Choice>, subjectIn: String?, subject: String) {
        appendLine("      parameters:")
        for (field in Period.FIELDS) appendLine("        - \$ref: '#/components/parameters/$field'")
        if (subjectIn != null) {
            appendLine("        - {name: $subject, in: $subjectIn, required: true, schema: {type: string}}")
        }
        for (choice in choices) {
            val values = if (choice.isText) "" else ", enum: ${choice.options.keys.joinToString(", ", "[", "]", transform = ::quoted)}"
            appendLine("        - {name: ${choice.name}, in: query, description: ${quoted(choice.title)}, schema: {type: string$values}}")
        }
    }

    private fun StringBuilder.responses(type: String) {
        appendLine("      responses:")
        appendLine("        '200': {description: 'The numbers', content: {$type: {}}}")
        for (error in listOf("401", "403", "404", "422", "429", "503")) {
            appendLine("        '$error': {\$ref: '#/components/responses/error'}")
        }
    }

    private fun quoted(text: String) = "'" + text.replace("'", "''") + "'"

    private val HEAD = """
        |openapi: 3.0.3
        |info:
        |  title: TwitchActors
        |  version: '1'
        |  description: 'Numbers of the dashboard. Presence in a chat is no proof of watching. For research, never commercially.'
        |security:
        |  - basic: []
        |paths:
        |
    """.trimMargin()

    private val TAIL = """
        |components:
        |  securitySchemes:
        |    basic: {type: http, scheme: basic}
        |  parameters:
        |    period: {name: period, in: query, schema: {type: string, enum: ['today', '24h', '7d', '30d', 'custom'], default: '7d'}}
        |    from: {name: from, in: query, description: 'First day of a custom period', schema: {type: string, format: date}}
        |    to: {name: to, in: query, description: 'Last day of a custom period', schema: {type: string, format: date}}
        |    compare: {name: compare, in: query, description: '1: with the period before', schema: {type: string, enum: ['1']}}
        |    tz: {name: tz, in: query, description: 'Zone of days and hours, as Europe/Paris', schema: {type: string, default: UTC}}
        |  responses:
        |    error:
        |      description: 'What is wrong and what to do'
        |      content:
        |        application/json:
        |          schema:
        |            type: object
        |            properties: {error: {type: string}, message: {type: string}, request_id: {type: string}}
        |
    """.trimMargin()
}
