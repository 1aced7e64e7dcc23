package twitchactors.days

import com.typesafe.config.Config
import java.time.Duration

/**
 * What `twitchactors.days` says.
 *
 * @param lookEvery how often is looked for days that were opened, closed or sealed
 */
class DaysSettings(val lookEvery: Duration = Duration.ofSeconds(1)) {
    companion object {
        fun from(config: Config): DaysSettings = DaysSettings(lookEvery = config.getDuration("twitchactors.days.look-every"))
    }
}
