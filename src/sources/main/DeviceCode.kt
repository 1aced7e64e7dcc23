package twitchactors.sources

import java.time.Duration

/**
 * An authorization that waits for its user.
 *
 * @param code what the program asks with whether it was granted
 * @param userCode what the user enters at [address], when [address] does not hold it already
 * @param lives how long the user has
 * @param askEvery how often Twitch wants to be asked
 */
class DeviceCode(val code: Secret, val userCode: String, val address: String, val lives: Duration, val askEvery: Duration)
