package twitchactors.recording

import java.nio.file.Path

/** Another owner has claimed the [folder] since: whoever gets this writes nothing there any more, and has lost nothing. */
internal class FormerOwner(folder: Path) : RuntimeException("another process has taken over the sample files in $folder")
