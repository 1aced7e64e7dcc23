package twitchactors.domain

/** Says which viewers may be known: those who have opted out or were erased may not. */
fun interface LoginFilter {
    /** Whether the viewer whose login is `bytes[from, to)` may be known. */
    fun admits(bytes: ByteArray, from: Int, to: Int): Boolean

    /** Admits everybody. */
    object All : LoginFilter {
        override fun admits(bytes: ByteArray, from: Int, to: Int) = true
    }
}
