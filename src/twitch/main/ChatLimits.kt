package twitchactors.twitch

import java.time.Duration

/**
 * What the chat lets a client do.
 *
 * @param joinsPer10Seconds JOINs, and likewise logins, of an account in ten seconds of the time of limits; more are ignored
 * @param rooms that an account may be in at once
 * @param pingEvery in real time, for it is about the connection; a client that leaves two unanswered is cut off
 */
class ChatLimits(val joinsPer10Seconds: Int = 20, val rooms: Int = 100, val pingEvery: Duration = Duration.ofMinutes(5))
