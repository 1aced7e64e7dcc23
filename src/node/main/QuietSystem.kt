package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.ActorSystem

/** The actor system of a simulated Twitch, which says nothing by itself. */
internal object QuietSystem {
    /** Pekko would tell of ports that are taken and connections that break, which are said or meant; our own failures are logged. */
    private const val CONFIG = """
        pekko.loglevel = OFF
        pekko.stdout-loglevel = OFF
    """

    fun create(name: String): ActorSystem =
        ActorSystem.create(name, ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.defaultReference()))
}
