package twitchactors.days

import org.apache.pekko.actor.setup.Setup
import javax.sql.DataSource

/**
 * Where the journal of an actor system is: given to the system when it is made, because the address is known only when the
 * services run, and because no configuration is to hold a password.
 *
 * @param dataSource with the tables of the migrations; not closed here
 */
class JournalDatabase(val dataSource: DataSource) : Setup()
