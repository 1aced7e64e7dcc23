package twitchactors.web

import twitchactors.domain.Day
import twitchactors.domain.Login
import java.time.Instant

/** A live view that is made up here, growing with every question. */
internal class MadeUpLive : LiveSource {
    private var asked = 0

    override fun now(): LiveView {
        asked++
        val today = checkNotNull(Day.parse("2022-08-02"))
        val before = checkNotNull(Day.parse("2022-08-01"))
        return LiveView(
            simulated = true,
            samplesFed = 28_311L + 120 * asked,
            namesApplied = 19_700_412L + 61_240L * asked + 9_000L * (asked % 7),
            days = listOf(
                DayRow(before, 12_402, 48_211, 1_904_113, 2, true, 16, 16, DIGEST, 288, null, CLOSED_AT, CLOSED_AT.plusSeconds(61)),
                DayRow(today, 8_311L + 7 * asked, null, 612_480L + 412 * asked, 0, false, 0, 16, null, 102),
            ),
            partitions = (0 until 16).map { number ->
                PartitionRow(
                    number = number,
                    offset = 40_000L + 31 * number + asked,
                    lag = if (number == 3) 2_140 else (number * 37L) % 190,
                    viewers = mapOf(before to 775 + number, today to 500 + (number * 53) % 61),
                    bytes = 3_400_000L + 91_000 * number,
                    checkpointAgeSeconds = if (number == 11) null else (number * 7L) % 12,
                    publishing = if (number == 5) listOf("2022-08-01 r2") else emptyList(),
                    trouble = if (number == 3) SECRET_TROUBLE else null,
                    node = "10.0.0.${1 + number % 3}:7355",
                )
            },
            lagSamples = 12,
            lagSightings = 3_512,
            services = mapOf(
                "kafka" to ServiceHealth(true),
                "mongo" to ServiceHealth(false, SECRET_REASON),
                "mariadb" to ServiceHealth(true),
                "cluster" to ServiceHealth(true),
            ),
            heapUsed = 412L shl 20,
            heapMax = 1L shl 30,
            residentBytes = 731L shl 20,
            top = TopStreamers(
                before,
                List(10) { StreamerRow(Login.require("streamer_${'a' + it}"), 4_120L / (it + 1), 912_300L / (it + 1)) },
            ),
            sources = mapOf(Figure.MEMORY to "This node only."),
            leftOut = LeftOut(deadLetters = 3, brokenPolls = 1_204, refusedWrites = 2),
        )
    }

    companion object {
        const val DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        val CLOSED_AT: Instant = Instant.parse("2022-08-02T00:15:00Z")
        const val SECRET_TROUBLE = "mongo at 10.0.0.9 refuses"
        const val SECRET_REASON = "10.0.0.9:27017 timed out"
    }
}
