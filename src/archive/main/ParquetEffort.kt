package twitchactors.archive

/**
 * How much work is put into making a Parquet file small.
 *
 * @param viewers the zstd level of the column of viewers, the only one that compresses better at a higher level
 */
enum class ParquetEffort(internal val viewers: Int) {
    /** For a file that somebody waits for. */
    QUICK(6),

    /** For a file that is kept: this level makes it smaller than any other does, also than those above it. */
    SMALL(17),
}
