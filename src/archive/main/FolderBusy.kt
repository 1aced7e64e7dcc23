package twitchactors.archive

import java.io.IOException

/** Somebody else is changing a folder just now; to be tried again later. */
class FolderBusy(message: String) : IOException(message)
