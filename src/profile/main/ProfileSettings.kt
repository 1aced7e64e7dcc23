package twitchactors.profile

import com.typesafe.config.Config
import java.time.Duration

/**
 * What `twitchactors.profile` says.
 *
 * @param checkpointEvery the longest time between checkpoints of a partition that has new records
 * @param checkpointRecords records of `sightings` after which a checkpoint is written without waiting for the time
 * @param daysInMemory how many days a partition keeps; older ones that are sealed are read again when something comes for them
 * @param retryAfter how long a partition waits before it asks a service again that has failed
 */
class ProfileSettings(
    val checkpointEvery: Duration = Duration.ofSeconds(10),
    val checkpointRecords: Int = 50_000,
    val daysInMemory: Int = 3,
    val retryAfter: Duration = Duration.ofSeconds(2),
) {
    companion object {
        fun from(config: Config): ProfileSettings = config.getConfig("twitchactors.profile").let {
            ProfileSettings(
                checkpointEvery = it.getDuration("checkpoint-every"),
                checkpointRecords = it.getInt("checkpoint-records"),
                daysInMemory = it.getInt("days-in-memory"),
                retryAfter = it.getDuration("retry-after"),
            )
        }
    }
}
