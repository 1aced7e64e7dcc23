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
    val server: ChatServer = ChatServer(),
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
    val backOff: ClosedRange<Duration> = Duration.ofSeconds(1)..Duration.ofSeconds(60),
) {
    init {
        require(connections > 0) { "$connections chat connections: 1 or more" }
        require(roomsPerConnection > 0) { "$roomsPerConnection rooms per chat connection: 1 or more" }
        require(joinsPer10Seconds > 0) { "$joinsPer10Seconds joins per 10 s: 1 or more" }
        require(membershipLimit > 0) { "a membership limit of $membershipLimit: 1 or more" }
        require(backOff.start > Duration.ZERO && !backOff.isEmpty()) {
            "a back-off of ${backOff.start} to ${backOff.endInclusive}: upwards from 0"
        }
        require(authorsPerSlot > 0) { "$authorsPerSlot authors per slot: 1 or more" }
    }

    companion object {
        fun from(config: Config): ChatSettings = config.getConfig("twitchactors.sources.chat").let {
            ChatSettings(
                server = ChatServer(it.getString("host"), it.getInt("port"), it.getBoolean("tls")),
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
                backOff = it.getDuration("back-off-min")..it.getDuration("back-off-max"),
            )
        }
    }
}
