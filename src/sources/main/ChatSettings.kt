package twitchactors.sources

import com.typesafe.config.Config
import java.time.Duration

/**
 * What `twitchactors.sources.chat` says; hocon/sources.conf tells what each is for.
 *
 * @param membershipCapability asked for by this name; empty for a server that tells who comes and goes without being asked
 * @param namesEvery in the time of the samples, as the 10 seconds of [joinsPer10Seconds] are; the other durations are real time
 */
class ChatSettings(
    val host: String = "irc.chat.twitch.tv",
    val port: Int = 6697,
    val tls: Boolean = true,
    val membershipCapability: String = "twitch.tv/membership",
    val connections: Int = 10,
    val roomsPerConnection: Int = 100,
    val joinsPer10Seconds: Int = 20,
    val waitingRooms: Int = 1_000,
    val membershipLimit: Int = 1_000,
    val namesEvery: Duration = Duration.ofMinutes(15),
    val authorsPerSlot: Int = 20_000,
    val answerWithin: Duration = Duration.ofSeconds(10),
    val pingAfter: Duration = Duration.ofSeconds(60),
    val lateMessages: Duration = Duration.ofSeconds(1),
    val backOffMin: Duration = Duration.ofSeconds(1),
    val backOffMax: Duration = Duration.ofSeconds(60),
) {
    init {
        require(port in 1..65_535) { "$port is no port: 1 to 65535" }
        require(connections > 0) { "$connections chat connections: 1 or more" }
        require(roomsPerConnection > 0) { "$roomsPerConnection rooms per chat connection: 1 or more" }
        require(joinsPer10Seconds > 0) { "$joinsPer10Seconds joins per 10 s: 1 or more" }
        require(membershipLimit > 0) { "a membership limit of $membershipLimit: 1 or more" }
        require(authorsPerSlot > 0) { "$authorsPerSlot authors per slot: 1 or more" }
        require(backOffMin > Duration.ZERO && backOffMax >= backOffMin) {
            "a back-off of $backOffMin to $backOffMax: from more than 0 upwards"
        }
    }

    companion object {
        fun from(config: Config): ChatSettings = config.getConfig("twitchactors.sources.chat").let {
            ChatSettings(
                host = it.getString("host"),
                port = it.getInt("port"),
                tls = it.getBoolean("tls"),
                membershipCapability = it.getString("membership-capability"),
                connections = it.getInt("connections"),
                roomsPerConnection = it.getInt("rooms-per-connection"),
                joinsPer10Seconds = it.getInt("joins-per-10-seconds"),
                waitingRooms = it.getInt("waiting-rooms"),
                membershipLimit = it.getInt("membership-limit"),
                namesEvery = it.getDuration("names-every"),
                authorsPerSlot = it.getInt("authors-per-slot"),
                answerWithin = it.getDuration("answer-within"),
                pingAfter = it.getDuration("ping-after"),
                lateMessages = it.getDuration("late-messages"),
                backOffMin = it.getDuration("back-off-min"),
                backOffMax = it.getDuration("back-off-max"),
            )
        }
    }
}
