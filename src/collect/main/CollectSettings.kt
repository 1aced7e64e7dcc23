package twitchactors.collect

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import java.time.Duration

/**
 * What `twitchactors.collect` says. Times are those of slots, by a [SlotClock], except [wakeEvery] and [retryAfter].
 *
 * @param languages whose top streamers are tracked
 * @param top so many of each language
 * @param pinned who is tracked in any case, unless unpinned since
 * @param spreadFrom the share of a slot that is over when its first poll is due
 * @param spreadTo the share of a slot that is over when its last poll is due
 * @param overtime a poll may go on so long after the end of its slot
 * @param gather how long the first of those who ask together waits for others
 * @param slotGrace from the end of a slot until what is missing in it is listed
 * @param dayGrace from the end of a day until it is closed
 * @param buffer bytes of samples on a node that Kafka has not acknowledged
 * @param wakeEvery how often pollers are woken
 * @param retryAfter how long a service that has failed is left alone
 */
data class CollectSettings(
    val languages: List<String> = listOf("fr"),
    val top: Int = 100,
    val pinned: Set<Login> = emptySet(),
    val spreadFrom: Double = 0.1,
    val spreadTo: Double = 0.8,
    val overtime: Duration = Duration.ofSeconds(30),
    val gather: Duration = Duration.ofSeconds(10),
    val slotGrace: Duration = Duration.ofSeconds(90),
    val dayGrace: Duration = Duration.ofMinutes(15),
    val buffer: Long = 32L shl 20,
    val wakeEvery: Duration = Duration.ofSeconds(10),
    val retryAfter: Duration = Duration.ofSeconds(2),
) {
    companion object {
        private const val PATH = "twitchactors.collect"
        private const val MOST_TOP = 10_000
        private const val LEAST_BUFFER = 1L shl 20
        private val NO_TIME = Duration.ofMillis(1)

        /** Reads the section `twitchactors.collect` of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): CollectSettings = try {
            read(config.getConfig(PATH))
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun read(collect: Config): CollectSettings = CollectSettings(
            languages = words(collect, "languages"),
            top = collect.getInt("top").also { if (it !in 0..MOST_TOP) bad("top", it, "0 to $MOST_TOP") },
            pinned = words(collect, "pinned").mapTo(LinkedHashSet()) {
                Login.of(it) ?: bad("pinned", it, "logins of streamers, by commas")
            },
            spreadFrom = share(collect, "spread-from"),
            spreadTo = share(collect, "spread-to"),
            overtime = time(collect, "overtime", Duration.ZERO, DaySlot.LENGTH),
            gather = time(collect, "gather", NO_TIME, DaySlot.LENGTH),
            slotGrace = time(collect, "slot-grace", Duration.ZERO, Duration.ofHours(1)),
            dayGrace = time(collect, "day-grace", Duration.ZERO, Duration.ofHours(12)),
            buffer = collect.getBytes("buffer").also { if (it < LEAST_BUFFER) bad("buffer", it, "1 MiB or more") },
            wakeEvery = time(collect, "wake-every", NO_TIME, Duration.ofMinutes(5)),
            retryAfter = time(collect, "retry-after", NO_TIME, Duration.ofMinutes(5)),
        ).also(::check)

        private fun check(settings: CollectSettings) {
            if (settings.spreadTo < settings.spreadFrom) bad("spread-to", settings.spreadTo, "spread-from, ${settings.spreadFrom}, to 1")
            val first = DaySlot.LENGTH.toMillis() * settings.spreadFrom
            if (settings.overtime.toMillis() > first) {
                bad("overtime", settings.overtime, "0 s to ${(first / 1000).toInt()} s, which is spread-from of a slot")
            }
            if (settings.slotGrace <= settings.overtime) bad("slot-grace", settings.slotGrace, "more than overtime, ${settings.overtime}")
        }

        private fun words(collect: Config, key: String) = collect.getString(key).split(',').map(String::trim).filter(String::isNotEmpty)

        private fun share(collect: Config, key: String) = collect.getDouble(key).also { if (it !in 0.0..1.0) bad(key, it, "0 to 1") }

        private fun time(collect: Config, key: String, least: Duration, most: Duration) = collect.getDuration(key).also {
            if (it < least || it > most) bad(key, it, "$least to $most")
        }

        private fun bad(key: String, value: Any, possible: String): Nothing = throw BadInput("$PATH.$key is $value: possible is $possible")
    }
}
