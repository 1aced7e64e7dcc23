package twitchactors.dashboard

import twitchactors.web.Access

/**
 * One thing that is shown, declared in one place. Its card on a page, its fragment for htmx, JSON, CSV, chart and the chart's table for
 * those who do not see it all follow from this.
 *
 * @param id its name in addresses
 * @param how how the numbers are computed, for who asks
 * @param wide takes the whole width of the page
 * @param choices what of the page's choices changes the answer
 * @param compares whether the period before can stand beside it; false for what does not depend on the period
 * @param refreshSeconds the browser asks again after so long; null: never
 * @param query answers from the read models; may take some milliseconds
 */
class Panel(
    val id: String,
    val title: String,
    val how: String,
    val origin: Origin,
    val look: Look,
    val wide: Boolean = false,
    val access: Access = Access.VISITOR,
    val choices: List<Choice> = emptyList(),
    val compares: Boolean = true,
    val refreshSeconds: Int? = null,
    val query: (Question) -> Table,
)
