package twitchactors.browser

import org.bson.Document
import org.junit.jupiter.api.Assertions.assertTrue
import twitchactors.pipeline.Data
import twitchactors.pipeline.Program
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.deleteRecursively
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText

/**
 * A demo on an empty data folder, as an operator starts it: two simulated days at speed, collected, swept, sealed, and the first of them
 * archived. Then its time stands still. Before it there is a day that was imported, with names that are no good.
 */
internal class StartedDemo private constructor(private val folder: Path, private val program: Program, val data: Data) : AutoCloseable {
    private val lines = program.printed.lines()
    val url: String = lines.first { it.startsWith("ready ") }.removePrefix("ready ")
    private val accounts = lines.map { it.split(' ') }.filter { it.first() == "login" }.map { Account(it[1], it[2], it[3]) }
    val visitor: Account = accounts.first { it.role == "visitor" }
    val admin: Account = accounts.first { it.role == "admin" }
    val caller = Caller(url)
    val models = Models(data)

    private val visitorSession by lazy { caller.logIn(visitor) }
    private val adminSession by lazy { caller.logIn(admin) }
    private var isSettled = false
    private val crawls = HashMap<Account, Crawl>()

    /** One login of each for all who only look. */
    fun session(account: Account): Session = if (account == admin) adminSession else visitorSession

    /** All that [account] finds, once all is stored. */
    fun crawl(account: Account): Crawl {
        settle()
        return crawls.getOrPut(account) { Crawl.of(caller, session(account)) }
    }

    fun until(what: String, condition: () -> Boolean) = eventually(what) {
        check(program.alive) { "the demo has ended: ${program.news.takeLast(3000)}" }
        if (condition()) null else "not yet; it said last: ${program.news.takeLast(500)}"
    }

    /** Returns when all of both days is stored, and a day before them imported, and nothing changes any more. */
    fun settle() {
        if (isSettled) return
        importOddDay()
        until("both days are sealed") { DAYS.all { day -> models.document("status", day)?.getBoolean("sealed") == true } }
        until("the first day is archived and verified") { models.document("status", DAYS[0])?.get("verified") == true }
        until("the simulated time is over") { isOver() }
        until("every viewer is known") {
            models.ids("viewer_days").size == models.all("viewers").sumOf { it.get("n", Number::class.java)?.toInt() ?: 0 }
        }
        until("windows and communities") {
            FOLLOWING.all { (collection, span) -> models.document(collection, DAYS[1] + span) != null }
        }
        until("all hours are rolled up") { models.number("SELECT COUNT(*) FROM roll_ups_due") == 0L }
        isSettled = true
    }

    private fun importOddDay() {
        val streams = folder.resolve("twitch_streams.csv")
        streams.writeText(
            "Timestamp,Category,Stream Title,Channel,Viewers,Tags\r\n" + ODD_CATEGORIES.mapIndexed { i, name ->
                val texts = listOf(name, "<img src=x onerror=alert(2)> & so on", "odd_streamer_$i", "${70 + i}", "<b>Fett</b>, Chill")
                "$IMPORTED_DAY 12:0$i:00," + texts.joinToString(",", transform = ::quoted) + "\r\n"
            }.joinToString(""),
        )
        Program.run("import", streams, "--data", data.path)
    }

    private fun isOver() = data.path.resolve("simulated.time").let { it.exists() && Instant.parse(it.readText().trim()) >= END }

    /** Logins of streamers who were seen live: these are published by Twitch. */
    fun streamers(): Set<String> = models.sql("SELECT DISTINCT channel FROM streamers").mapTo(HashSet()) { it.single() as String } +
        models.all("streamer_days").flatMap { it.getList("streamers", String::class.java, emptyList()) }

    /** Logins of all who were ever seen in a chat and are no streamers. */
    fun viewers(): Set<String> = models.all("viewer_days").mapTo(HashSet()) { it.getString("_id").substringBefore('|') } - streamers()

    fun status(day: String): Document = checkNotNull(models.document("status", day)) { "no status of $day" }

    @OptIn(ExperimentalPathApi::class)
    override fun close() {
        models.close()
        program.close()
        data.clear()
        folder.deleteRecursively()
    }

    companion object {
        val DAYS = listOf("2022-08-01", "2022-08-02")
        private val END = Instant.parse("2022-08-03T01:00:00Z")

        /** What is counted last, in the background after a seal: collections, and what stands behind the day in their `_id`. */
        private val FOLLOWING =
            listOf("windows" to "|7", "windows" to "|30", "communities" to "", "communities" to "|7", "communities" to "|30")

        /** The day before the first. */
        const val IMPORTED_DAY = "2022-07-31"

        /** A day in 36 seconds. */
        private const val SPEED = 2400
        private const val VIEWERS = 2500
        private const val STREAMERS = 30

        /** Names that would do harm where they are not escaped, or be lost where text is taken for ASCII. */
        val ODD_CATEGORIES = listOf("<script>alert(1)</script>", "Rätsel & \"Quiz\" 🎲")

        @OptIn(ExperimentalPathApi::class)
        fun start(): StartedDemo {
            val folder = Files.createTempDirectory("browser-it-")
            val data = Data(folder.resolve("data"))
            val size = listOf("--viewers", VIEWERS, "--streamers", STREAMERS, "--speed", SPEED, "--days", DAYS.size)
            val program = Program.start(listOf("demo", "--port", 0, "--data", data.path) + size)
            try {
                assertTrue(program.reaches("ready") { "ready http" in program.printed }, program.news)
                return StartedDemo(folder, program, data)
            } catch (failure: Throwable) {
                program.close()
                data.clear()
                folder.deleteRecursively()
                throw failure
            }
        }

        private fun quoted(text: String) = "\"" + text.replace("\"", "\"\"") + "\""
    }
}
