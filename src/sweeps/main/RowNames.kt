package twitchactors.sweeps

/** What the fields are called in records and in CSV files, in the order in which they are written. */
object RowNames {
    const val TIMESTAMP = "Timestamp"
    const val CATEGORY = "Category"
    const val VIEWERS = "Viewers"
    const val TAGS = "Tags"
    const val IMAGE_URL = "Image_URL"
    const val STREAM_TITLE = "Stream Title"
    const val CHANNEL = "Channel"

    val ofCategories = listOf(TIMESTAMP, CATEGORY, VIEWERS, TAGS, IMAGE_URL)
    val ofStreams = listOf(TIMESTAMP, CATEGORY, STREAM_TITLE, CHANNEL, VIEWERS, TAGS)
}
