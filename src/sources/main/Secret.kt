package twitchactors.sources

/** A text that must not be seen: in no log, message or `toString`. */
class Secret(private val text: String) {
    val isEmpty: Boolean get() = text.isEmpty()

    /** The text itself, for who sends or encrypts it. */
    fun reveal(): String = text

    override fun equals(other: Any?): Boolean = other is Secret && other.text == text

    override fun hashCode(): Int = text.hashCode()

    override fun toString(): String = if (isEmpty) "(none)" else "(secret)"
}
