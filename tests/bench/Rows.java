import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.kafka.ConsumerSettings;
import twitchactors.domain.Arrived;
import twitchactors.domain.StreamRow;
import twitchactors.services.Databases;
import twitchactors.services.MariaDbEndpoint;
import twitchactors.services.Schema;
import twitchactors.services.ServiceSettings;
import twitchactors.services.Services;
import twitchactors.services.TopicSpec;
import twitchactors.services.Topics;
import twitchactors.store.StreamTable;
import twitchactors.sweeps.Ingest;
import twitchactors.sweeps.IngestMeter;
import twitchactors.sweeps.RowPublisher;
import twitchactors.sweeps.RowRecords;
import twitchactors.sweeps.SweepsSettings;
import twitchactors.topics.RecordProducer;
import twitchactors.topics.TopicSettings;

/**
 * How fast rows of streams come into the table {@code streamers} of the embedded MariaDB: first by JDBC alone, in ways that differ in
 * the statement, the driver's options, the rows of a transaction and the writers; then through the embedded Kafka by the product's own
 * intake, with batches of several sizes and topics of one and two partitions. All in this process but MariaDB, in turns, each into an
 * empty table; prints the rows per second of each round's turn, the best first.
 *
 * <p>Run by tests/bench/rows.
 */
public final class Rows {
    private static final int SWEEP = 3000;
    private static final String INSERT =
            "INSERT IGNORE INTO streamers (timestamp, channel, category, stream_title, viewers, tags) VALUES ";
    private static final String TUPLE = "(?, ?, ?, ?, ?, ?)";

    private record Plain(LocalDateTime time, String channel, String category, String title, int viewers, String tags) {
        String json() {
            return "{\"Timestamp\":\"%s\",\"Category\":\"%s\",\"Stream Title\":\"%s\",\"Channel\":\"%s\",\"Viewers\":%d,\"Tags\":\"%s\"}"
                    .formatted(time.toString().replace('T', ' ') + ":00", category, title, channel, viewers, tags);
        }
    }

    private interface Way {
        void run() throws Exception;
    }

    private final int count;
    private final List<Plain> plain;
    private final List<byte[]> values;
    private final List<Arrived<StreamRow>> rows;
    private final Services services;
    private final ActorSystem<Void> system = ActorSystem.create(
            Behaviors.empty(),
            "bench",
            ConfigFactory.parseString("pekko.actor.provider = local\npekko.loglevel = WARNING").withFallback(ConfigFactory.load()));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int topics;

    private Rows(int count, Path data) {
        this.count = count;
        plain = plain(count);
        values = plain.stream().map(row -> row.json().getBytes(StandardCharsets.UTF_8)).toList();
        rows = values.stream().map(value -> new Arrived<>(RowRecords.INSTANCE.stream(value), Instant.now())).toList();
        services = Services.Companion.start(new ServiceSettings(), data, line -> null);
    }

    /** Sweeps of 3000 streams, each a minute after the one before; titles and tags as long as real ones. */
    private static List<Plain> plain(int count) {
        Random random = new Random(1);
        List<Plain> rows = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            int stream = at % SWEEP;
            LocalDateTime time = LocalDateTime.of(2025, 2, 23, 16, 0).plusMinutes(at / SWEEP);
            String title = "!drops " + Long.toString(random.nextLong(), 36) + " 🦇 " + Integer.toString(random.nextInt(), 36) + " играем с чатом";
            String tags = "English, tag" + random.nextInt(50) + ", DropsEnabled, Chill";
            rows.add(new Plain(time, "channel_" + stream, "Category " + stream / 100, title, random.nextInt(90_000), tags));
        }
        return rows;
    }

    private HikariDataSource pool(String options) {
        MariaDbEndpoint there = services.getMariaDb();
        String url = there.getUrl() + (options.isEmpty() ? "" : (there.getUrl().contains("?") ? "&" : "?") + options);
        return Databases.INSTANCE.pool(new MariaDbEndpoint(url, there.getUser(), there.getPassword()), "bench", 2);
    }

    private void empty() throws SQLException {
        try (HikariDataSource pool = pool(""); Connection connection = pool.getConnection()) {
            for (String table : List.of("streamers", "sweeps", "roll_ups_due")) connection.createStatement().execute("TRUNCATE TABLE " + table);
        }
    }

    private void check() throws SQLException {
        try (HikariDataSource pool = pool(""); Connection connection = pool.getConnection()) {
            var found = connection.createStatement().executeQuery("SELECT COUNT(*) FROM streamers");
            found.next();
            if (found.getInt(1) != count) throw new IllegalStateException(found.getInt(1) + " rows of " + count);
        }
    }

    private static void bind(PreparedStatement statement, int from, Plain row) throws SQLException {
        statement.setObject(from, row.time());
        statement.setObject(from + 1, row.channel());
        statement.setObject(from + 2, row.category());
        statement.setObject(from + 3, row.title());
        statement.setObject(from + 4, row.viewers());
        statement.setObject(from + 5, row.tags());
    }

    /** One statement for {@code several} rows, each of them a tuple. */
    private static void tuples(Connection connection, List<Plain> rows, int several) throws SQLException {
        for (int from = 0; from < rows.size(); from += several) {
            List<Plain> some = rows.subList(from, Math.min(from + several, rows.size()));
            try (PreparedStatement statement = connection.prepareStatement(INSERT + String.join(", ", Collections.nCopies(some.size(), TUPLE)))) {
                for (int at = 0; at < some.size(); at++) bind(statement, at * 6 + 1, some.get(at));
                statement.executeUpdate();
            }
        }
    }

    /** JDBC's batch: the driver's options say what is sent. */
    private static void batch(Connection connection, List<Plain> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT + TUPLE)) {
            for (Plain row : rows) {
                bind(statement, 1, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private interface Write {
        void to(Connection connection, List<Plain> rows) throws SQLException;
    }

    private Way jdbc(String options, int transaction, int writers, Write write) {
        return () -> {
            try (HikariDataSource pool = pool(options)) {
                List<CompletableFuture<Void>> all = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    List<Plain> mine = plain.subList(count / writers * writer, writer + 1 == writers ? count : count / writers * (writer + 1));
                    all.add(CompletableFuture.runAsync(() -> jdbc(pool, mine, transaction, write), threads));
                }
                for (CompletableFuture<Void> one : all) one.get();
            }
        };
    }

    private static void jdbc(HikariDataSource pool, List<Plain> rows, int transaction, Write write) {
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            for (int from = 0; from < rows.size(); from += transaction) {
                write.to(connection, rows.subList(from, Math.min(from + transaction, rows.size())));
                connection.commit();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Way table(int transaction) {
        return () -> {
            try (HikariDataSource pool = pool("")) {
                StreamTable table = new StreamTable(pool);
                for (int from = 0; from < count; from += transaction) table.write(rows.subList(from, Math.min(from + transaction, count)));
            }
        };
    }

    /** From the first record that is sent until the last row is in; one went before, so that the consumer has its partitions. */
    private long throughKafka(int batchRows, int partitions) throws Exception {
        String topic = "rows-" + topics++;
        TopicSettings shipped = new TopicSettings();
        TopicSpec spec = shipped.getSpecs().stream().filter(it -> it.getName().equals("streams")).findFirst().orElseThrow();
        Topics.INSTANCE.ensure(services.getKafka(), List.of(new TopicSpec(topic, partitions, spec.getRetention(), spec.getSettings())));
        SweepsSettings settings = SweepsSettings.Companion.from(
                ConfigFactory.parseString("twitchactors.sweeps.batch-rows = " + batchRows).withFallback(ConfigFactory.load()));
        ConsumerSettings<byte[], byte[]> consumer = ConsumerSettings.create(
                        Adapter.toClassic(system), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .withProperties(services.getKafka().getClientProperties())
                .withProperty("enable.auto.commit", "false")
                .withProperty("max.partition.fetch.bytes", "" + (4 << 20));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(count);
        for (int at = 0; at < count; at++) records.add(new ProducerRecord<>(topic, plain.get(at).channel().getBytes(), values.get(at)));
        try (HikariDataSource pool = pool("");
                RowPublisher publisher = new RowPublisher(system, RecordProducer.INSTANCE.settings(system, services.getKafka(), shipped))) {
            StreamTable table = new StreamTable(pool);
            // Records may come twice when the group is balanced anew; titles are unlike each other.
            Set<String> in = ConcurrentHashMap.newKeySet(count);
            CountDownLatch first = new CountDownLatch(1);
            CountDownLatch all = new CountDownLatch(1);
            Ingest<StreamRow> ingest = new Ingest<>(
                    system,
                    consumer,
                    topic,
                    settings,
                    RowRecords.INSTANCE::stream,
                    some -> CompletableFuture.supplyAsync(
                            () -> {
                                List<Integer> refused = table.write(some);
                                some.forEach(arrived -> in.add(arrived.getRow().getTitle()));
                                if (in.size() == count) all.countDown();
                                first.countDown();
                                return refused;
                            },
                            threads),
                    (record, reason) -> {
                        throw new IllegalStateException(reason);
                    },
                    new IngestMeter());
            Ingest.Running running = ingest.start();
            publisher.publish(records.subList(0, 1));
            first.await();
            long began = System.nanoTime();
            publisher.publish(records.subList(1, count));
            all.await();
            long took = System.nanoTime() - began;
            running.stop().toCompletableFuture().get();
            return took;
        }
    }

    /** Nanoseconds of each round, by the names of the ways. */
    private Map<String, List<Long>> measure() throws Exception {
        Map<String, Way> ways = new LinkedHashMap<>();
        int usual = 2000;
        ways.put("JDBC batch, statement by statement", jdbc("", usual, 1, Rows::batch));
        ways.put("JDBC batch, useBulkStmts", jdbc("useBulkStmts=true", usual, 1, Rows::batch));
        ways.put("JDBC batch, rewriteBatchedStatements", jdbc("rewriteBatchedStatements=true", usual, 1, Rows::batch));
        for (int several : List.of(100, 500, 2000)) {
            ways.put("tuples, " + several + " a statement", jdbc("", usual, 1, (connection, some) -> tuples(connection, some, several)));
        }
        ways.put("tuples, 500, prepared by the server", jdbc("useServerPrepStmts=true", usual, 1, (connection, some) -> tuples(connection, some, 500)));
        for (int transaction : List.of(500, 10_000)) {
            ways.put("tuples, 500, transactions of " + transaction, jdbc("", transaction, 1, (connection, some) -> tuples(connection, some, 500)));
        }
        ways.put("tuples, 500, two writers", jdbc("", usual, 2, (connection, some) -> tuples(connection, some, 500)));
        for (int transaction : List.of(500, 2000, 10_000)) ways.put("the product's table, " + transaction, table(transaction));
        Map<String, List<Long>> taken = new LinkedHashMap<>();
        for (var way : ways.entrySet()) {
            empty();
            long began = System.nanoTime();
            way.getValue().run();
            taken.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(System.nanoTime() - began);
            check();
        }
        for (int partitions : List.of(1, 2)) {
            for (int batchRows : List.of(500, 2000, 5000, 10_000)) {
                empty();
                String name = "through Kafka, batches of %d, partitions %d".formatted(batchRows, partitions);
                taken.computeIfAbsent(name, it -> new ArrayList<>()).add(throughKafka(batchRows, partitions));
                check();
            }
        }
        return taken;
    }

    private void run(int rounds) throws Exception {
        try (HikariDataSource pool = pool("")) {
            Schema.INSTANCE.migrate(pool, Schema.LOCATION);
        }
        Map<String, List<Long>> all = new LinkedHashMap<>();
        // The first round warms up and is not counted.
        for (int round = 0; round <= rounds; round++) {
            for (var taken : measure().entrySet()) {
                if (round > 0) all.computeIfAbsent(taken.getKey(), name -> new ArrayList<>()).addAll(taken.getValue());
            }
            System.err.println("bench: round " + round + " of " + rounds + (round == 0 ? " (warming up)" : ""));
        }
        System.out.printf("%,d rows, rows per second of each round, the best first%n", count);
        all.forEach((name, nanos) -> {
            Collections.sort(nanos);
            System.out.printf("%-55s", name);
            for (long took : nanos) System.out.printf(Locale.ROOT, "%,10.0f", count / (took / 1e9));
            System.out.println();
        });
    }

    private void close() {
        system.terminate();
        threads.shutdown();
        services.close();
    }

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path data = Files.createTempDirectory("bench-rows-");
        Rows bench = new Rows(count, data);
        try {
            bench.run(rounds);
        } finally {
            bench.close();
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }
}
