package twitchactors.directory

import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.of
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource

internal class ViewerCountTest {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = [
            "0|0", "7|7", "999 viewers|999", "1 viewer|1", "707K|707000", "707K viewers|707000", "12.3K viewers|12300", "12,5 k|12500",
            "12,5 k spectateurs|12500", "1.2M|1200000", "1.25M|1250000", "1,2 Mio. Zuschauer|1200000", "12 mil espectadores|12000",
            "12,3 тыс. зрителей|12300", "1 млн|1000000", "1.1B|1100000000", "1 234|1234", "1 234 567 spectateurs|1234567", "1,234|1234",
            "1.234 Zuschauer|1234", "1'234|1234", "12345|12345", "2147483647|2147483647", "1234K|1234000", "  42  viewers |42",
            "3 live viewers now|3", "9k|9000",
        ],
    )
    fun `numbers of viewers are read in several languages`(text: String, viewers: Int) = assertEquals(viewers, ViewerCount.of(text))

    @Test
    fun `narrow and unbroken spaces are spaces`() {
        assertEquals(1_234, ViewerCount.of("1\u202f234\u00a0spectateurs"))
        assertEquals(12_500, ViewerCount.of("\u00a012,5\u00a0k\u202fspectateurs"))
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "", "viewers", "LIVE", "K", "12.5", "1.2.3", "1,23", "12,34,567", "1 23", "2D", "3v3 arena", "50% off", "12:30", "2147483648",
            "9B", "1.2345K", "-5", "+5", "5 a b c d", "1.2K!", "99999999999", "1,234.5", "1,234K", "1K2", "22-year-old",
        ],
    )
    fun `what is no number of viewers is not guessed at`(text: String) = assertNull(ViewerCount.of(text))

    @Test
    fun `a number that was rounded down is read to within the rounding`() = runBlocking<Unit> {
        val gaps = Arb.of("", " ", "\u00a0")
        checkAll(2_000, Arb.int(0..Int.MAX_VALUE), Arb.of(".", ","), gaps, Arb.of("", " viewers")) { n, point, gap, word ->
            val (step, unit) = when {
                n < 1_000 -> 1 to ""
                n < 1_000_000 -> 100 to "K"
                else -> 100_000 to "M"
            }
            val tenths = n / step
            val number = if (step == 1) "$n" else "${tenths / 10}" + if (tenths % 10 == 0) "" else "$point${tenths % 10}"
            assertEquals(n / step * step, ViewerCount.of(number + (if (unit.isEmpty()) "" else gap + unit) + word))
        }
    }

    @Test
    fun `grouped digits are read exactly, whatever stands between the groups`() = runBlocking<Unit> {
        checkAll(1_000, Arb.int(0..Int.MAX_VALUE), Arb.of(",", ".", " ", "'", "’", "\u00a0", "\u202f", "")) { n, gap ->
            val text = n.toString().reversed().chunked(3).joinToString(gap.reversed()).reversed()
            assertEquals(n, ViewerCount.of("$text viewers"))
        }
    }
}
