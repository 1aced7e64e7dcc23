package twitchactors.directorytests

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.ActorSystem

/** The actor system of a simulated Twitch, without a word of its own. */
internal object QuietTwitch {
    private const val CONFIG = "pekko.loglevel = OFF\npekko.stdout-loglevel = OFF"

    fun system(): ActorSystem =
        ActorSystem.create("twitch", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.defaultReference()))
}
