package twitchactors.dashboard

/**
 * A panel with what its query answered.
 *
 * @param before the same of the period before, when that was asked for and makes sense
 * @param failed the query failed: [table] has nothing
 */
class Answered(val panel: Panel, val question: Question, val table: Table, val before: Table? = null, val failed: Boolean = false)
