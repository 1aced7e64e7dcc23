package twitchactors.analyser

import io.kotest.property.Arb
import io.kotest.property.arbitrary.double
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class MovingAverageTest {
    @Test
    fun `weights come to what is reckoned day by day`() = runBlocking<Unit> {
        checkAll(200, Arb.int(1..40), Arb.list(Arb.double(0.0, 1440.0), 1..70)) { span, values ->
            var plain = values.first()
            for (value in values.drop(1)) plain += 2.0 / (span + 1) * (value - plain)
            val average = MovingAverage(span, values.size)
            assertEquals(plain, values.withIndex().sumOf { (day, value) -> average.weight(day) * value }, 1e-9)
        }
    }

    @Test
    fun `one day is its own average`() {
        assertEquals(1.0, MovingAverage(20, 1).weight(0))
    }
}
