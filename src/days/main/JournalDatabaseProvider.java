package twitchactors.days;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.jdbc.db.SlickDatabase;
import org.apache.pekko.persistence.jdbc.db.SlickDatabaseProvider;
import scala.Some;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcProfile;
import slick.jdbc.MySQLProfile$;
import slick.util.AsyncExecutor;

/**
 * Gives Pekko's journal the connections of {@link JournalDatabase}. Made by Pekko, by the name in the configuration. In Java, from
 * which Scala's singletons can be named.
 */
public final class JournalDatabaseProvider implements SlickDatabaseProvider {
    /** At a time, of the pool's. */
    private static final int CONNECTIONS = 2;

    private static final int QUEUE = 1000;

    private final ActorSystem system;
    private SlickDatabase shared;

    public JournalDatabaseProvider(ActorSystem system) {
        this.system = system;
    }

    @Override
    public synchronized SlickDatabase database(Config config) {
        if (shared == null) shared = open();
        return shared;
    }

    private SlickDatabase open() {
        JournalDatabase given = system.settings().setup().get(JournalDatabase.class)
            .orElseThrow(() -> new IllegalStateException("the actor system " + system.name() + " was made without a JournalDatabase"));
        AsyncExecutor executor = AsyncExecutor.apply("journal", CONNECTIONS, CONNECTIONS, QUEUE, CONNECTIONS);
        system.registerOnTermination(executor::close);
        return new Shared(JdbcBackend$.MODULE$.Database().forDataSource(given.getDataSource(), Some.apply(CONNECTIONS), executor, false));
    }

    private record Shared(JdbcBackend.JdbcDatabaseDef database) implements SlickDatabase {
        @Override
        public JdbcProfile profile() {
            return MySQLProfile$.MODULE$;
        }

        /** The connections are not the journal's to close. */
        @Override
        public boolean allowShutdown() {
            return false;
        }
    }
}
