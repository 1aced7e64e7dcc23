package twitchactors.sources

/**
 * Where Twitch is, and as whom it is asked.
 *
 * @param api address of Helix, without a slash at the end
 * @param oauth address of OAuth, without a slash at the end
 * @param pictures address below which pictures of categories are, without a slash at the end
 * @param clientId of the app that is registered with Twitch; empty when none is set
 * @param tokensKey key that users' tokens are stored under, as 64 hexadecimal digits; empty: in a file of the data folder
 */
class TwitchAccess(
    val api: String,
    val oauth: String,
    val clientId: String,
    val clientSecret: Secret,
    val tokensKey: Secret = Secret(""),
    val pictures: String = "https://static-cdn.jtvnw.net",
) {
    /** Whether an app token can be had. */
    val hasCredentials: Boolean get() = clientId.isNotEmpty() && !clientSecret.isEmpty
}
