package twitchactors.archive

import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.io.OutputStream

/** The formats of viewer-day files, chosen by a file's extension. */
enum class ViewerDayFormat(val extension: String) {
    CSV("csv"),
    JSONL("jsonl"),
    PARQUET("parquet"),
    ;

    /** A writer for [day]; a row names its streamer by index in [streamers], which is sorted; [layout] is for Parquet. */
    fun writer(out: OutputStream, day: Day, streamers: List<Login>, layout: ParquetLayout = ParquetLayout.BY_VIEWER): ViewerDayWriter {
        val names = streamers.map { it.name.toByteArray(Charsets.US_ASCII) }
        return when (this) {
            CSV -> PlainWriter(out, CsvPart.HEADER) { CsvPart(names) }
            JSONL -> PlainWriter(out, "") { JsonlPart(day, names) }
            PARQUET -> ParquetWriter(out, day, names, layout)
        }
    }

    companion object {
        /** The format of the file named [file]. */
        fun of(file: String): ViewerDayFormat {
            val extension = file.substringAfterLast('/').substringAfterLast('.', "")
            return entries.find { it.extension == extension.lowercase() }
                ?: throw BadInput("$file: unknown format '.$extension'; name a file that ends in .csv, .jsonl or .parquet")
        }
    }
}
