package twitchactors.node

import com.typesafe.config.ConfigFactory
import twitchactors.archiver.ArchiverSettings
import twitchactors.archiver.RetentionSettings
import twitchactors.collect.CollectSettings
import twitchactors.domain.Login
import twitchactors.ops.OpsSettings
import twitchactors.recording.RecordingSettings
import twitchactors.services.ServiceSettings
import twitchactors.sources.ChatSettings
import twitchactors.sources.DirectorySettings
import twitchactors.sources.SourcesSettings
import twitchactors.sweeps.SweepSource
import twitchactors.sweeps.SweepsSettings
import twitchactors.topics.TopicSettings
import twitchactors.web.WebSettings
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.createDirectory
import kotlin.io.path.writeText

/** Every key of the files in hocon, each with another value than the shipped one and what the program is to make of it. */
internal class ConfigurationKeys(private val folder: Path, val simulated: String) {
    /**
     * A key as a user finds it.
     *
     * @param path with its section, below `twitchactors` unless it is one of Pekko's
     * @param value as a user writes it
     * @param effect what [seen] then is, as text
     * @param unit of a bare number: words of which one stands in the comment
     * @param seen in the settings that the program works by
     */
    class Key(val path: String, val value: String, val effect: String, val unit: String?, val seen: (Configuration) -> Any?)

    /** Those that can be changed together. */
    val together: List<Key> get() = services() + topics() + sources() + chat() + directory() + collect() + sweeps() + ops() + rest()

    /** Those that count only where one of [together] says nothing, or that take the place of others. */
    val apart: List<Key> get() = listOf(
        key("simulation.twitch", simulated, "$simulated/helix") {
            Simulation.ofEnvironment()?.replacesTwitchIn(ConfigFactory.empty())?.getString("twitchactors.sources.twitch.api-url")
        },
        key("simulation.token", "geheim6", "geheim6") { Simulation.token(config) },
        sweep("enabled", "false", false) { enabled },
        key("services.mariadb.url", "jdbc:mysql://db.example/some", "jdbc:mariadb://db.example/some") { services.mariaDb?.url },
        key("services.mariadb.password-file", file("password"), "geheim1") { services.mariaDb?.password },
        key("services.mongo.uri-file", file("uri"), "geheim2") { services.mongo?.uri },
        key("sources.twitch.client-secret-file", file("secret"), "geheim3") { sources.twitch.clientSecret.reveal() },
        discovered("method", "dns", "pekko-dns", "$CONTACT_POINTS.discovery-method"),
        discovered("service", "nodes.example", "nodes.example", "$CONTACT_POINTS.service-name"),
        discovered("required-nodes", "3", "3", "$CONTACT_POINTS.required-contact-point-nr", "Nodes"),
        discovered("nameservers", "10.0.0.2:5353, 10.0.0.3", "[10.0.0.2:5353, 10.0.0.3]", "pekko.io.dns.async-dns.nameservers"),
        discovered("host", "node-1.nodes.example", "node-1.nodes.example", "pekko.management.http.hostname"),
        discovered("port", "7699", "7699", "pekko.management.http.port", "port"),
    )

    private fun discovered(path: String, value: String, effect: String, seen: String, unit: String? = null) =
        key("cluster.discovery.$path", value, effect, unit) { config.getAnyRef(seen) }

    /** Makes the files and folders that values name. */
    fun prepare() {
        folder.resolve("lib").createDirectory()
        folder.resolve("tls").createDirectory().let { tls ->
            listOf("ca.crt", "tls.crt", "tls.key").forEach { tls.resolve(it).writeText("") }
        }
        folder.resolve("kafka.properties").writeText("client.id=somebody\n")
        listOf("password", "uri", "secret").forEachIndexed { at, name -> folder.resolve(name).writeText("geheim${at + 1}\n") }
    }

    private fun file(name: String) = folder.resolve(name).toString()

    private fun ops() = listOf(
        operated("enabled", "false", false) { enabled },
        operated("host", "127.0.0.9", "127.0.0.9") { host },
        operated("port", "9119", 9119, "port") { port },
        operated("other-port-when-taken", "false", false) { otherPortWhenTaken },
        operated("token", "geheim9", "geheim9") { token },
        operated("commands-at-once", "23", 23, "Commands") { commandsAtOnce },
    )

    private fun services() = listOf(
        service("start-timeout", "11 s", Duration.ofSeconds(11)) { startTimeout },
        service("kafka.bootstrap-servers", "k1:9092,k2:9092", "k1:9092,k2:9092") { kafka?.bootstrapServers },
        service("kafka.properties-file", file("kafka.properties"), "somebody") { kafka?.clientProperties?.get("client.id") },
        service("kafka.replication", "3", 3, "Copies") { kafka?.replication },
        service("kafka.create-topics", "false", false) { kafka?.createTopics },
        service("mariadb.url", "jdbc:mariadb://db.example/other", "jdbc:mariadb://db.example/other") { mariaDb?.url },
        service("mariadb.user", "reader", "reader") { mariaDb?.user },
        service("mariadb.password", "geheim4", "geheim4") { mariaDb?.password },
        service("mariadb.home", file("home"), file("home")) { mariaDbHome },
        service("mariadb.buffer-pool", "12 MiB", 12L shl 20) { bufferPool },
        service("mongo.uri", "mongodb://m.example", "mongodb://m.example") { mongo?.uri },
        service("mongo.database", "another", "another") { mongo?.database },
        service("mongo.cache", "13 MiB", 13L shl 20) { mongoCache },
    )

    private fun topics() = listOf(
        topic("samples-partitions", "14", 14, "splitters") { samplesPartitions },
        topic("viewer-partitions", "15", 15, "partitions") { partitions.count },
        topic("retention", "9 days", Duration.ofDays(9)) { retention },
        topic("tables-retention", "10 days", Duration.ofDays(10)) { tablesRetention },
        topic("compression", "lz4", "lz4") { compression },
        topic("in-flight", "17", 17, "Records") { inFlight },
        topic("patience", "18 s", Duration.ofSeconds(18)) { patience },
    )

    private fun sources() = listOf(
        source("twitch.api-url", "https://api.example/helix/", "https://api.example/helix") { twitch.api },
        source("twitch.oauth-url", "https://id.example/oauth2", "https://id.example/oauth2") { twitch.oauth },
        source("twitch.pictures-url", "https://art.example/box", "https://art.example/box") { twitch.pictures },
        source("twitch.client-id", "an_id", "an_id") { twitch.clientId },
        source("twitch.client-secret", "geheim5", "geheim5") { twitch.clientSecret.reveal() },
        source("twitch.tokens-key", "0123456789abcdef".repeat(4), "0123456789abcdef".repeat(4)) { twitch.tokensKey.reveal() },
        source("helix.connect-timeout", "19 s", Duration.ofSeconds(19)) { connectTimeout },
        source("helix.reply-timeout", "20 s", Duration.ofSeconds(20)) { replyTimeout },
        source("helix.longest-reply", "21 KiB", 21L shl 10) { longestReply },
        source("helix.retries", "22", 22, "How often") { retries },
        source("helix.retry-after", "23 s", Duration.ofSeconds(23)) { retryAfter },
        source("helix.in-flight", "24", 24, "Requests") { inFlight },
        source("helix.budget-patience", "25 s", Duration.ofSeconds(25)) { budgetPatience },
        source("helix.points-per-minute", "26", 26, "Points") { pointsPerMinute },
        source("helix.not-permitted-for", "27 s", Duration.ofSeconds(27)) { notPermittedFor },
        source("helix.validate-every", "28 s", Duration.ofSeconds(28)) { validateEvery },
    )

    private fun chat() = listOf(
        chat("host", "irc.example", "irc.example") { server.host },
        chat("port", "6667", 6667, "port") { server.port },
        chat("tls", "false", false) { server.tls },
        chat("membership-capability", "some/cap", "some/cap") { membershipCapability },
        chat("connections", "29", 29, "Connections") { connections },
        chat("rooms-per-connection", "30", 30, "Rooms") { roomsPerConnection },
        chat("joins-per-10-seconds", "31", 31, "JOINs") { joinsPer10Seconds },
        chat("waiting-rooms", "32", 32, "Streamers") { waitingRooms },
        chat("membership-limit", "33", 33, "Chatters") { membershipLimit },
        chat("names-every", "34 s", Duration.ofSeconds(34)) { namesEvery },
        chat("authors-per-slot", "35", 35, "Authors") { authorsPerSlot },
        chat("answer-within", "36 s", Duration.ofSeconds(36)) { answerWithin },
        chat("ping-after", "37 s", Duration.ofSeconds(37)) { pingAfter },
        chat("late-messages", "38 s", Duration.ofSeconds(38)) { lateMessages },
        chat("back-off-min", "39 s", Duration.ofSeconds(39)) { backOff.start },
        chat("back-off-max", "40 s", Duration.ofSeconds(40)) { backOff.endInclusive },
    )

    private fun directory() = listOf(
        page("url", "https://pages.example", "https://pages.example") { url },
        page("lib", file("lib"), file("lib")) { lib },
        page("browser", JAVA, JAVA) { browser },
        page("sandbox", "false", false) { sandbox },
        page("start-limit", "41 s", Duration.ofSeconds(41)) { startLimit },
        page("first-cards", "42 s", Duration.ofSeconds(42)) { firstCards },
        page("quiet", "43 s", Duration.ofSeconds(43)) { quiet },
        page("limit", "44 s", Duration.ofSeconds(44)) { limit },
        page("most-memory", "45 MiB", 45L shl 20) { mostMemory },
        page("idle-after", "46 s", Duration.ofSeconds(46)) { idleAfter },
        page("first-rest", "47 s", Duration.ofSeconds(47)) { firstRest },
    )

    private fun collect() = listOf(
        collect("languages", "en, de", listOf("en", "de")) { languages },
        collect("top", "48", 48, "live streamers") { top },
        collect("pinned", "zerator, Kameto", setOf("zerator", "kameto")) { pinned.map(Login::name).toSet() },
        collect("spread-from", "0.2", 0.2, "shares") { spreadFrom },
        collect("spread-to", "0.7", 0.7, "shares") { spreadTo },
        collect("overtime", "49 s", Duration.ofSeconds(49)) { overtime },
        collect("gather", "50 s", Duration.ofSeconds(50)) { gather },
        collect("slot-grace", "51 s", Duration.ofSeconds(51)) { slotGrace },
        collect("day-grace", "52 s", Duration.ofSeconds(52)) { dayGrace },
        collect("buffer", "53 MiB", 53L shl 20) { buffer },
        collect("wake-every", "54 s", Duration.ofSeconds(54)) { wakeEvery },
        collect("retry-after", "55 s", Duration.ofSeconds(55)) { retryAfter },
    )

    private fun sweeps() = listOf(
        sweep("source", "directory", SweepSource.DIRECTORY) { source },
        sweep("categories", "56", 56, "categories") { categories },
        sweep("categories-every", "57 s", Duration.ofSeconds(57)) { categoriesEvery },
        sweep("streams-summed", "58", 58, "Streams") { streamsSummed },
        sweep("category-tags", "2", 2, "Tags") { categoryTags },
        sweep("streams-per-category", "59", 59, "Streams") { streamsPerCategory },
        sweep("streams-every", "78 s", Duration.ofSeconds(78)) { streamsEvery },
        sweep("parallelism", "61", 61, "Categories") { parallelism },
        sweep("csv", "false", false) { csv },
        sweep("batch-rows", "62", 62, "Rows") { batchRows },
        sweep("batch-within", "63 ms", Duration.ofMillis(63)) { batchWithin },
        sweep("roll-up-every", "64 s", Duration.ofSeconds(64)) { rollUpEvery },
        sweep("keep-rows", "65 days", Duration.ofDays(65)) { keepRows },
    )

    private fun rest() = listOf(
        recording("grace", "66 s", Duration.ofSeconds(66)) { grace },
        recording("quiet", "67 s", Duration.ofSeconds(67)) { quiet },
        recording("memory", "68 MiB", 68L shl 20) { memory },
        recording("look-every", "69 s", Duration.ofSeconds(69)) { lookEvery },
        recording("retry-after", "70 s", Duration.ofSeconds(70)) { retryAfter },
        recording("replays", "false", false) { replays },
        archiver("at", "03:21", "03:21") { at },
        archiver("nightly", "false", false) { nightly },
        archiver("look-every", "79 s", Duration.ofSeconds(79)) { lookEvery },
        archiver("retry-after", "80 s", Duration.ofSeconds(80)) { retryAfter },
        retention("look-every", "81 s", Duration.ofSeconds(81)) { lookEvery },
        retention("sample-heads", "82 days", Duration.ofDays(82)) { sampleHeads },
        retention("viewer-days", "83 days", Duration.ofDays(83)) { viewerDays },
        retention("viewers", "801 days", Duration.ofDays(801)) { this.viewers },
        retention("superseded-seals", "84 days", Duration.ofDays(84)) { supersededSeals },
        retention("archives", "85 days", Duration.ofDays(85)) { archives },
        retention("sample-files", "86 days", Duration.ofDays(86)) { sampleFiles },
        retention("damaged-files", "87 days", Duration.ofDays(87)) { damagedFiles },
        retention("csv", "88 days", Duration.ofDays(88)) { csv },
        retention("audit", "infinite", null) { audit },
        key("profile.checkpoint-every", "71 s", Duration.ofSeconds(71)) { profile.checkpointEvery },
        key("profile.checkpoint-records", "72", 72, "Records") { profile.checkpointRecords },
        key("profile.days-in-memory", "4", 4, "Days") { profile.daysInMemory },
        key("profile.retry-after", "73 s", Duration.ofSeconds(73)) { profile.retryAfter },
        key("days.look-every", "74 s", Duration.ofSeconds(74)) { days.lookEvery },
        web("host", "0.0.0.0", "0.0.0.0") { host },
        web("port", "8599", 8599, "port") { port },
        web("behind-proxy", "true", true) { behindProxy },
        web("session-idle", "75 s", Duration.ofSeconds(75)) { sessionIdle },
        web("session-longest", "76 s", Duration.ofSeconds(76)) { sessionLongest },
        web("refresh-every", "77 s", Duration.ofSeconds(77)) { refreshEvery },
        web("contact", "data@example.org", "data@example.org") { contact },
        key("cluster.roles", "web,collect", setOf(NodeRole.WEB, NodeRole.COLLECT)) { roles },
        key("cluster.tls-folder", file("tls"), file("tls/tls.key")) {
            config.getString("pekko.remote.artery.ssl.rotating-keys-engine.key-file")
        },
        key("cluster.clock-tolerance", "89 s", Duration.ofSeconds(89)) { clockTolerance },
        key("cluster.join", "pekko://twitchactors@n.example:1", listOf("pekko://twitchactors@n.example:1")) {
            config.getStringList("pekko.cluster.seed-nodes")
        },
        key("$ARTERY.hostname", "127.0.0.2", "127.0.0.2") { config.getString("$ARTERY.hostname") },
        key("$ARTERY.port", "25599", 25_599, "port") { config.getInt("$ARTERY.port") },
    )

    private fun key(path: String, value: String, effect: Any, unit: String? = null, seen: Configuration.() -> Any?) =
        Key(if (path.startsWith("pekko.")) path else "twitchactors.$path", value, "$effect", unit) { it.seen() }

    private fun service(path: String, value: String, effect: Any, unit: String? = null, seen: ServiceSettings.() -> Any?) =
        key("services.$path", value, effect, unit) { services.seen() }

    private fun topic(path: String, value: String, effect: Any, unit: String? = null, seen: TopicSettings.() -> Any?) =
        key("topics.$path", value, effect, unit) { topics.seen() }

    private fun source(path: String, value: String, effect: Any, unit: String? = null, seen: SourcesSettings.() -> Any?) =
        key("sources.$path", value, effect, unit) { sources.seen() }

    private fun chat(path: String, value: String, effect: Any, unit: String? = null, seen: ChatSettings.() -> Any?) =
        key("sources.chat.$path", value, effect, unit) { chat.seen() }

    private fun page(path: String, value: String, effect: Any, seen: DirectorySettings.() -> Any?) =
        key("directory.$path", value, effect) { directory?.seen() }

    private fun collect(path: String, value: String, effect: Any, unit: String? = null, seen: CollectSettings.() -> Any?) =
        key("collect.$path", value, effect, unit) { collect.seen() }

    private fun sweep(path: String, value: String, effect: Any, unit: String? = null, seen: SweepsSettings.() -> Any?) =
        key("sweeps.$path", value, effect, unit) { sweeps.seen() }

    private fun recording(path: String, value: String, effect: Any, seen: RecordingSettings.() -> Any?) =
        key("recording.$path", value, effect) { recording.seen() }

    private fun archiver(path: String, value: String, effect: Any, seen: ArchiverSettings.() -> Any?) =
        key("archiver.$path", value, effect) { archiver.seen() }

    private fun operated(path: String, value: String, effect: Any, unit: String? = null, seen: OpsSettings.() -> Any?) =
        key("ops.$path", value, effect, unit) { OpsSettings.from(config).seen() }

    private fun retention(path: String, value: String, effect: Duration?, seen: RetentionSettings.() -> Duration?) =
        key("retention.$path", value, "$effect") { retention.seen() }

    private fun web(path: String, value: String, effect: Any, unit: String? = null, seen: WebSettings.() -> Any?) =
        key("web.$path", value, effect, unit) { WebSettings.from(config).seen() }

    companion object {
        private const val CONTACT_POINTS = "pekko.management.cluster.bootstrap.contact-point-discovery"
        private const val ARTERY = "pekko.remote.artery.canonical"

        /** Something that can be run. */
        private val JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString()
    }
}
