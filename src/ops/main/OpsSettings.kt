package twitchactors.ops

import com.typesafe.config.Config

/**
 * What `twitchactors.ops` says.
 *
 * @param port 0 takes a free one
 * @param otherPortWhenTaken whether a free port does as well when [port] is taken
 * @param token null: the one of the data folder
 * @param commandsAtOnce commands that are done at the same time
 */
class OpsSettings(
    val enabled: Boolean = true,
    val host: String = "127.0.0.1",
    val port: Int = 9110,
    val otherPortWhenTaken: Boolean = true,
    val token: String? = null,
    val commandsAtOnce: Int = 16,
) {
    companion object {
        fun from(config: Config): OpsSettings = config.getConfig("twitchactors.ops").let {
            OpsSettings(
                enabled = it.getBoolean("enabled"),
                host = it.getString("host"),
                port = it.getInt("port"),
                otherPortWhenTaken = it.getBoolean("other-port-when-taken"),
                token = it.getString("token").trim().ifEmpty { null },
                commandsAtOnce = it.getInt("commands-at-once"),
            )
        }
    }
}
