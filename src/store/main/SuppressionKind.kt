package twitchactors.store

/** Why a viewer is kept out. */
enum class SuppressionKind(internal val word: String) {
    /** Asked not to be tracked from now on. */
    OPTED_OUT("opted-out"),

    /** What was known is removed as well. */
    ERASED("erased"),
}
