package twitchactors.simulator

/**
 * What can be wrong with, or unusual about, recorded sample files; everything that the section "Sample files" of the contract
 * has a rule for.
 *
 * @property label how `answer.json` calls the kind of a rejected file
 */
enum class Irregularity(val scope: Scope, val label: String) {
    // The whole file counts for nothing and is named.
    CUT(Scope.REJECTED, "cut"),
    EMPTY(Scope.REJECTED, "empty"),
    NUL_BYTES(Scope.REJECTED, "nul-bytes"),
    ARRAY(Scope.REJECTED, "array"),
    NUMBER(Scope.REJECTED, "number"),
    HTML(Scope.REJECTED, "html"),
    TWO_OBJECTS(Scope.REJECTED, "two-objects"),
    BAD_UTF8(Scope.REJECTED, "bad-utf8"),
    NOT_A_NUMBER(Scope.REJECTED, "nan"),

    // Beside the day's files.
    OTHER_DAY(Scope.FOLDER, "other-day"),
    OTHER_NAME(Scope.FOLDER, "other-name"),
    MISSING(Scope.FOLDER, "missing"),

    // Two files in one slot: a union.
    SECOND_POLL(Scope.PAIR, "second-poll"),
    IDENTICAL_COPY(Scope.PAIR, "identical-copy"),
    CUT_BESIDE_GOOD(Scope.PAIR, "cut"),
    GAP_BESIDE_GOOD(Scope.PAIR, "gap-beside-good"),
    GAP_IN_BOTH(Scope.PAIR, "gap-in-both"),

    // How a good file is written.
    NAMED_LATE(Scope.FILE, "named-late"),
    PRETTY(Scope.FILE, "pretty"),
    BYTE_ORDER_MARK(Scope.FILE, "byte-order-mark"),
    VIEWERS_API(Scope.FILE, "viewers-api"),
    OLD_ENDPOINT(Scope.FILE, "old-endpoint"),
    BARE(Scope.FILE, "bare"),
    MIXED_SHAPES(Scope.FILE, "mixed-shapes"),
    UNKNOWN_KEYS(Scope.FILE, "unknown-keys"),
    ESCAPED_TEXT(Scope.FILE, "escaped-text"),
    ESCAPED_NAMES(Scope.FILE, "escaped-names"),
    UPPER_CASE_NAMES(Scope.FILE, "upper-case-names"),
    UPPER_CASE_STREAMERS(Scope.FILE, "upper-case-streamers"),
    NAMES_TWICE(Scope.FILE, "names-twice"),

    // One streamer of a good file, its victim.
    NULL_CHATTERS(Scope.GAP, "null-chatters"),
    NULL_STREAMER(Scope.GAP, "null-streamer"),
    NUMBER_FOR_STREAMER(Scope.GAP, "number-for-streamer"),
    STRING_FOR_STREAMER(Scope.GAP, "string-for-streamer"),
    NUMBER_FOR_LIST(Scope.GAP, "number-for-list"),
    STRING_FOR_LIST(Scope.GAP, "string-for-list"),
    OBJECT_FOR_LIST(Scope.GAP, "object-for-list"),
    NUMBER_IN_LIST(Scope.GAP, "number-in-list"),
    EMPTY_LIST(Scope.STREAMER, "empty-list"),
    ABSENT_STREAMER(Scope.STREAMER, "absent-streamer"),
    KEYS_FOLD_TOGETHER(Scope.STREAMER, "keys-fold-together"),
    SAME_KEY_TWICE(Scope.STREAMER, "same-key-twice"),
    GAP_KEY_BESIDE_GOOD(Scope.STREAMER, "gap-key-beside-good"),
    NAMES_NO_LOGIN(Scope.STREAMER, "names-no-login"),
    STREAMER_NO_LOGIN(Scope.STREAMER, "streamer-no-login"),
    ;

    enum class Scope { REJECTED, FOLDER, PAIR, FILE, GAP, STREAMER }
}
