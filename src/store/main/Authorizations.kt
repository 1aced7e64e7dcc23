package twitchactors.store

import twitchactors.domain.Login
import javax.sql.DataSource

/** Who has authorized us, without the tokens, so without their key: for who removes an account. Blocks its caller. */
class Authorizations(private val dataSource: DataSource) {
    fun has(login: Login): Boolean =
        dataSource.query("SELECT COUNT(*) FROM user_tokens WHERE login = ?", login.name) { it.getInt(1) }.single() > 0

    /** Forgets the account [login]; false when it had not authorized us. */
    fun remove(login: Login): Boolean = dataSource.update("DELETE FROM user_tokens WHERE login = ?", login.name) > 0
}
