package twitchactors.node

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import com.typesafe.config.ConfigValueFactory
import twitchactors.days.DaysSettings
import twitchactors.profile.ProfileSettings
import twitchactors.services.ServiceSettings
import twitchactors.topics.TopicSettings
import java.nio.file.Path

/** All settings of a node, each read by the module that it is for. */
class Configuration(val config: Config, val data: Path) {
    val services = ServiceSettings.from(config)
    val topics = TopicSettings.from(config)
    val profile = ProfileSettings.from(config)
    val days = DaysSettings.from(config)

    /** Whether a node is to join others, rather than to begin a cluster of its own. */
    val joinsCluster: Boolean get() = config.getList("pekko.cluster.seed-nodes").isNotEmpty()

    companion object {
        /** What the files and the environment say, for a data folder. */
        fun of(data: Path): Configuration {
            val config = ConfigFactory.load()
            val join = config.getString("twitchactors.cluster.join").split(',').map(String::trim).filter(String::isNotEmpty)
            if (join.isEmpty()) return Configuration(config, data)
            return Configuration(config.withValue("pekko.cluster.seed-nodes", ConfigValueFactory.fromIterable(join)), data)
        }
    }
}
