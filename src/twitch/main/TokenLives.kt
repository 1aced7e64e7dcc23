package twitchactors.twitch

import java.time.Duration

/** How long what OAuth issues is good, in the time of limits. */
class TokenLives(
    val app: Duration = Duration.ofDays(60),
    val user: Duration = Duration.ofHours(4),
    val refresh: Duration = Duration.ofDays(30),
    val deviceCode: Duration = Duration.ofMinutes(30),
)
