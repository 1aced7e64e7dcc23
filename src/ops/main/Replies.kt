package twitchactors.ops

/** The way back to the one who asked, while a command is done. */
interface Replies {
    /** False when nobody listens any more: what goes on until it is ended ends then. */
    val isOpen: Boolean

    /** One of several answers, of a command that goes on. */
    fun next(answer: Answer)

    /** What there is to say besides the answer. */
    fun news(line: String)
}
