package twitchactors.archive

/** A file that is no whole Parquet file of viewer-days as this program writes it; [reason] follows the file's name. */
class NotOurParquet(val reason: String) : RuntimeException(reason, null, false, false)
