package twitchactors.archive

/**
 * How a Parquet file has its rows. Row groups are of neighbouring viewers in either, so a viewer is in one of them, and their bounds say
 * in which.
 *
 * @param level how hard zstd tries; where rows are by viewer, with the column of viewers only, for in the others it would find nothing
 * @param rowsPerPart a row group ends at the next viewer of other first letters once it has so many rows
 */
enum class ParquetLayout(internal val level: Int, internal val rowsPerPart: Int) {
    /** In the order of viewers, then streamers, as all formats have them: for a file that somebody waits for. */
    BY_VIEWER(6, ViewerDayWriter.ROWS_PER_PART),

    /**
     * Within a row group in the order of streamers, then slots: for a file that is kept. It is more than a quarter smaller, for neighbours
     * say nearly the same in all columns but that of the viewer.
     */
    BY_STREAMER(17, 1 shl 17),
}
