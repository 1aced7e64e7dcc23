package twitchactors.node

import twitchactors.domain.BadInput
import twitchactors.sources.IssuedToken
import twitchactors.sources.TokenOwner
import twitchactors.store.UserToken
import twitchactors.store.UserTokens
import java.time.Instant

/** What an account has just granted us. */
internal object NewGrant {
    /**
     * Stores [token] as the grant of its [owner], which is what Twitch says of it: null when it does not take the token.
     *
     * @throws BadInput when that is no grant of an account that can be renewed; then nothing is stored
     */
    fun keep(tokens: UserTokens, token: IssuedToken, owner: TokenOwner?): UserToken {
        if (owner == null) throw BadInput("Twitch took the grant back at once; run this command again")
        val userId = owner.userId ?: throw BadInput("Twitch says of the grant that it is no account's; run this command again")
        val refresh = token.refresh ?: throw BadInput("Twitch gave nothing to renew the grant with; run this command again")
        tokens.put(userId, owner.login.orEmpty(), owner.scopes, token.access.reveal(), refresh.reveal(), Instant.now() + token.lives)
        return checkNotNull(tokens.of(userId))
    }
}
