package twitchactors.dashboard

/** What the panels of a category's page have in common. */
internal object CategoryPage {
    /** The table of a panel when there is nothing of the category in the period. */
    fun nothing(question: Question): Table {
        val span = SweptSpan(question)
        if (span.isEmpty) return span.nothing(CategoryLinks.page(question.subject.orEmpty()))
        return Table(
            emptyList(),
            emptyList(),
            why = "This category was not among those swept in this period.",
            elsewhere = Table.Elsewhere("All categories of the period", question.link("/categories")),
        )
    }
}
