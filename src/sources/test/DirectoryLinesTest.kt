package twitchactors.sources

import io.kotest.property.Arb
import io.kotest.property.arbitrary.bind
import io.kotest.property.arbitrary.boolean
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.map
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import twitchactors.domain.Login
import java.time.Duration

/** The lines that the directory's browser and who asks it exchange. */
internal class DirectoryLinesTest {
    private val count = Arb.int(0..Int.MAX_VALUE)
    private val login = Arb.int(0..999_999).map { Login.require("user_$it") }
    private val tags = Arb.list(Arb.string(0..12), 0..4)
    private val category = Arb.bind(Arb.string(1..9), Arb.string(), count, tags, Arb.string(), ::CategoryCard)
    private val stream = Arb.bind(login, Arb.string(), count, tags, Arb.string(), ::StreamCard)

    @Test
    fun `every answer comes out of its line as it went in`() = runBlocking<Unit> {
        checkAll(200, Arb.list(category, 0..5), Arb.list(stream, 0..5), Arb.boolean(), Arb.string()) { categories, streams, isCut, text ->
            comesBack(DirectoryAnswer.Categories(categories, isCut))
            comesBack(DirectoryAnswer.Streams(streams, isCut))
            comesBack(DirectoryAnswer.Ready(text))
            comesBack(DirectoryAnswer.Nothing(text))
        }
    }

    @Test
    fun `every question comes out of its line as it went in`() {
        val open = DirectoryQuestion.Open(
            "https://www.twitch.tv",
            "/usr/bin/a \"b\"\nc",
            false,
            Duration.ofSeconds(20),
            Duration.ofMillis(3),
            Duration.ofMinutes(1),
        )
        for (question in listOf(open, DirectoryQuestion.Categories(30), DirectoryQuestion.Streams("just-chatting", 100))) {
            assertFalse('\n' in question.line())
            assertEquals(question, DirectoryQuestion.parse(question.line()))
        }
        assertEquals("""{"streams":"just-chatting","count":100}""", DirectoryQuestion.Streams("just-chatting", 100).line())
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "", "no", "[]", "{}", """{"streams":"a"}""", """{"streams":"a","count":"b"}""", """{"streams":"../x","count":1}""",
            """{"streams":"a/b","count":1}""", """{"streams":"a?b","count":1}""", """{"streams":"..","count":1}""", """{"open":"x"}""",
            """{"categories":[1]}""",
        ],
    )
    fun `what is no question is refused`(line: String) {
        assertThrows<IllegalArgumentException> { DirectoryQuestion.parse(line) }
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "", "Skipping browsers download", "{}", """{"streams":[]}""", """{"categories":[{}],"cut":true}""",
            """{"streams":[{"login":"Jürgen","title":"","viewers":1,"tags":[],"image":""}],"cut":true}""",
        ],
    )
    fun `what is no answer is refused`(line: String) {
        assertThrows<IllegalArgumentException> { DirectoryAnswer.parse(line) }
    }

    private fun comesBack(answer: DirectoryAnswer) {
        assertFalse('\n' in answer.line())
        assertEquals(answer, DirectoryAnswer.parse(answer.line()))
    }
}
