package twitchactors.dashboard

/**
 * Something that can be chosen on a page, beside the period; its value is in the address.
 *
 * @param options value to title; empty: any text may be given, as in a search, with what [Table.offers] has of it for suggestions
 * @param isShown whether the page offers it by itself; false: something on the page leads to its values
 * @param default taken when nothing, or nothing that there is, was given
 * @param isPick of a text: it is picked out of what is offered rather than written
 */
class Choice(
    val name: String,
    val title: String,
    val options: Map<String, String> = emptyMap(),
    val default: String = "",
    val isPick: Boolean = false,
    val isShown: Boolean = true,
) {
    val isText: Boolean get() = options.isEmpty()

    /** What [given] means. */
    fun read(given: String?): String = when {
        given == null -> default
        isText -> given.trim().take(LONGEST)
        given in options -> given
        else -> default
    }

    private companion object {
        const val LONGEST = 100
    }
}
