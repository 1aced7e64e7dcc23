package twitchactors.web

import com.typesafe.config.Config
import java.time.Duration

/**
 * What `twitchactors.web` says.
 *
 * @param port 0 takes a free one
 * @param behindProxy believe `X-Forwarded-For` (its last entry) and `X-Forwarded-Proto`: only where every request comes
 * through a proxy that sets them, else anybody may choose an address and with it escape the throttle
 * @param sessionIdle a session ends when nothing was asked with it for so long; the live page asks only while it is looked at
 * @param sessionLongest a session ends after so long in any case
 * @param contact how somebody reaches the operator about their data, in words; empty: nobody has said so
 * @param refreshEvery how often the live source is asked, however many pages are open
 */
class WebSettings(
    val host: String = "127.0.0.1",
    val port: Int = 8501,
    val behindProxy: Boolean = false,
    val sessionIdle: Duration = Duration.ofHours(8),
    val sessionLongest: Duration = Duration.ofDays(7),
    val refreshEvery: Duration = Duration.ofSeconds(1),
    val contact: String = "",
) {
    companion object {
        fun from(config: Config): WebSettings = config.getConfig("twitchactors.web").let {
            WebSettings(
                host = it.getString("host"),
                port = it.getInt("port"),
                behindProxy = it.getBoolean("behind-proxy"),
                sessionIdle = it.getDuration("session-idle"),
                sessionLongest = it.getDuration("session-longest"),
                refreshEvery = it.getDuration("refresh-every"),
                contact = it.getString("contact"),
            )
        }
    }
}
