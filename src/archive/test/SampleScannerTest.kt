package twitchactors.archive

import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import kotlin.random.Random

/** The section "Sample files" of docs/contract.md, as far as one file goes. */
class SampleScannerTest {
    /** Lists as they stand in the file, or the gap's reason. */
    private data class Found(val lists: Map<String, List<String>>, val gaps: Map<String, List<String?>>, val keysDropped: Int)

    private fun scan(bytes: ByteArray): Found {
        val scan = SampleScanner().scan(bytes + ByteArray(SampleScanner.PADDING), bytes.size)
        val (gaps, lists) = (0 until scan.size).partition { scan.isGap(it) }
        return Found(
            lists.groupBy({ scan.streamer(it).name }, { String(bytes, scan.from(it), scan.to(it) - scan.from(it)) }),
            gaps.groupBy({ scan.streamer(it).name }, { scan.reason(it) }),
            scan.keysDropped,
        )
    }

    private fun scan(text: String) = scan(text.toByteArray())

    private fun lists(text: String): Map<String, List<String>> = scan(text).also { assertEquals(emptyMap<Any, Any>(), it.gaps) }.lists

    private fun reason(bytes: ByteArray): String = assertThrows(NotASampleFile::class.java) { scan(bytes) }.reason

    /** Why the one streamer of [text] is a gap. */
    private fun flaw(text: String): String? {
        val found = scan(text)
        assertEquals(emptyMap<Any, Any>(), found.lists)
        return found.gaps.values.single().single()
    }

    @Test
    fun `reads our own shape`() {
        val text = """{"kamet0":{"polled_at":"2022-08-01T00:00:03Z","viewer_count":123,"title":"été 名前 \"x\"","game":"..",
            "language":"fr","tags":["a","b"],"stream_id":"1","started_at":"..","source":"chatters","complete":true,"chatters":["a","b"]}}"""
        assertEquals(mapOf("kamet0" to listOf(""""a","b"""")), lists(text))
    }

    @Test
    fun `reads the shape of the old endpoint, all lists of it`() {
        val text = """{"s":{"viewers_api":3,"_links":{},"chatter_count":3,
            "chatters":{"broadcaster":[],"vips":["v"],"moderators":["m"],"staff":[],"viewers":["a","b"],"anything":["z"]}}}"""
        assertEquals(mapOf("s" to listOf("", "\"v\"", "\"m\"", "", "\"a\",\"b\"", "\"z\"")), lists(text))
    }

    @Test
    fun `reads the bare shape, and all shapes in one file`() {
        val text = """ {"s" : [ "a" , "b" ] , "t":{"chatters":["c"]},"u":{"chatters":{"viewers":["d"]}},"v":[]} """
        val expected = mapOf("s" to listOf(" \"a\" , \"b\" "), "t" to listOf("\"c\""), "u" to listOf("\"d\""), "v" to listOf(""))
        assertEquals(expected, lists(text))
    }

    @Test
    fun `keys that fold together are a union, and so is a key that comes twice`() {
        assertEquals(mapOf("abc" to listOf("\"x\"", "\"y\"", "\"z\"")), lists("""{"abc":["x"],"ABC":["y"],"abc":{"chatters":["z"]}}"""))
    }

    @Test
    fun `keys are read through their escapes`() {
        assertEquals(mapOf("kamet0" to listOf("\"x\"")), lists("""{"\u006bamet0":{"\u0063hatters":["x"]}}"""))
    }

    @Test
    fun `a key that is no login is one dropped name, whatever stands there`() {
        val found = scan(
            """{"":["a"],"no login":["a"],"é":null,"abcdefghijklmnopqrstuvwxyz":{"chatters":7},"\u212aelvin":[],"\ud800":1,"ok":["a"]}""",
        )
        assertEquals(Found(mapOf("ok" to listOf("\"a\"")), emptyMap(), 6), found)
    }

    @Test
    fun `an empty list is an empty sample`() {
        for (text in listOf("""{"s":[]}""", """{"s":{"chatters":[]}}""", """{"s":{"chatters":{"viewers":[]}}}""")) {
            assertEquals(mapOf("s" to listOf("")), lists(text))
        }
    }

    @Test
    fun `null is a gap without a reason`() {
        assertEquals(null, flaw("""{"s":null}"""))
        assertEquals(null, flaw("""{"s":{"chatters":null,"viewer_count":5}}"""))
    }

    @Test
    fun `the empty object is a good file`() {
        assertEquals(Found(emptyMap(), emptyMap(), 0), scan("{}"))
    }

    @TestFactory
    fun `a bad value makes its streamer a gap with a reason, and nobody else`(): List<DynamicTest> = listOf(
        """{}""", """{"viewer_count":5}""", """5""", """"text"""", """true""", """false""", """-1.5e+3""",
        """{"chatters":5}""", """{"chatters":"a"}""", """{"chatters":true}""", """{"chatters":{}}""",
        """{"chatters":{"viewers":null}}""", """{"chatters":{"viewers":["a"],"vips":5}}""", """{"chatters":{"viewers":{"a":[]}}}""",
        """["a",5]""", """["a",null]""", """["a",["b"]]""", """[{"a":"b"}]""", """{"chatters":["a",5,"b"]}""",
        """{"chatters":{"viewers":["a"],"vips":["b",null]}}""", """{"chatters":["a"],"chatters":["b"]}""",
        """{"chatters":null,"chatters":["a"]}""",
    ).map { value ->
        dynamicTest(value) {
            val found = scan("""{"before":["x"],"s":$value,"after":["y"]}""")
            assertEquals(mapOf("before" to listOf("\"x\""), "after" to listOf("\"y\"")), found.lists)
            assertOneLine(found.gaps.getValue("s").single()!!)
        }
    }

    @Test
    fun `a reason stays one short line, whatever the file's names hold`() {
        val role = "a\\nrejected 1.json: forged\\u001b[2J\\u2028${"x".repeat(3000)}"
        assertOneLine(flaw("""{"s":{"chatters":{"viewers":["a"],"$role":5}}}""")!!)
    }

    @TestFactory
    fun `what is not one whole JSON object counts for nothing`(): List<DynamicTest> = mapOf(
        "empty" to "", "blank" to " \n\t\r ", "only a byte order mark" to "\uFEFF", "NULs" to "\u0000".repeat(500),
        "NUL behind" to """{"s":["a"]}${"\u0000"}""", "NUL between" to """{"s":${"\u0000"}["a"]}""", "array" to """["a"]""",
        "number" to "17",
        "string" to "\"a\"", "null" to "null", "two objects" to """{"s":["a"]}{"s":["b"]}""", "two lines" to "{}\n{}",
        "comma behind" to "{},",
        "two marks" to "\uFEFF\uFEFF{}", "mark inside" to "{\uFEFF}", "HTML" to "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "NaN" to """{"s":{"viewer_count":NaN,"chatters":[]}}""", "Infinity" to """{"s":Infinity}""", "-Infinity" to """{"s":-Infinity}""",
        "plus" to """{"s":+1}""", "leading zero" to """{"s":01}""", "point without digits" to """{"s":1.}""",
        "point first" to """{"s":.5}""",
        "exponent without digits" to """{"s":1e}""", "hexadecimal" to """{"s":0x1f}""", "minus alone" to """{"s":-}""",
        "single quotes" to """{'s':['a']}""", "no quotes" to """{s:[]}""", "comma at the end of an object" to """{"s":[],}""",
        "comma at the end of a list" to """{"s":["a",]}""", "comma first" to """{"s":[,"a"]}""", "two commas" to """{"s":["a",,"b"]}""",
        "no comma" to """{"s":["a" "b"]}""", "no colon" to """{"s" ["a"]}""", "comment" to """{/* */"s":[]}""",
        "wrong bracket" to """{"s":["a"}""",
        "wrong brace" to """{"s":{"chatters":[]]}""", "upper-case word" to """{"s":NULL}""", "half a word" to """{"s":nul}""",
        "line break in a string" to "{\"s\":[\"a\nb\"]}", "tab in a string" to "{\"s\":[\"a\tb\"]}",
        "NUL in a string" to "{\"s\":[\"a\u0000b\"]}",
        "0x1f in a key" to "{\"s\u001f\":[]}", "escape x" to """{"s":["\x41"]}""", "escape of three digits" to """{"s":["\u041"]}""",
        "escape g" to """{"s":["\u00zz"]}""", "escape at the end" to """{"s":["\""", "form feed as space" to "{\u000c}",
        "no-break space" to "{\u00a0}", "fullwidth digits in an escape" to """{"s":["\u００４１"]}""",
        "UTF-16" to "{}",
    ).map { (name, text) ->
        dynamicTest(name) { assertOneLine(reason(text.toByteArray(if (name == "UTF-16") Charsets.UTF_16LE else Charsets.UTF_8))) }
    }

    @TestFactory
    fun `what is not UTF-8 counts for nothing, in names, keys and text`(): List<DynamicTest> = mapOf(
        "continuation alone" to "80", "last continuation alone" to "bf", "two bytes cut" to "c3", "three bytes cut" to "e2 82",
        "four bytes cut" to "f0 9f 98",
        "overlong slash" to "c0 af", "overlong a" to "c1 a1", "overlong in three" to "e0 80 af", "overlong in three, last" to "e0 9f bf",
        "overlong in four" to "f0 80 80 af", "overlong in four, last" to "f0 8f bf bf", "first surrogate" to "ed a0 80",
        "last surrogate" to "ed bf bf", "surrogates in a pair" to "ed a0 bd ed b8 80", "above U+10FFFF" to "f4 90 80 80",
        "f5" to "f5 80 80 80", "five bytes" to "f8 88 80 80 80",
        "six bytes" to "fc 84 80 80 80 80", "fe" to "fe", "ff" to "ff", "Latin 1" to "e9 63", "second byte no continuation" to "e2 28 a1",
        "third byte no continuation" to "e2 82 28", "fourth byte no continuation" to "f0 9f 98 28",
    ).map { (name, hex) ->
        dynamicTest(name) {
            for ((before, behind) in PLACES) {
                val reason = reason(before.toByteArray() + bytes(hex) + behind.toByteArray())
                assertOneLine(reason)
                assertTrue("UTF-8" in reason, reason)
            }
        }
    }

    @Test
    fun `the first and last characters of each length are good UTF-8`() {
        for (hex in listOf("7f", "c2 80", "df bf", "e0 a0 80", "ed 9f bf", "ee 80 80", "ef bf bf", "f0 90 80 80", "f4 8f bf bf")) {
            for ((before, behind) in PLACES) scan(before.toByteArray() + bytes(hex) + behind.toByteArray())
        }
    }

    @Test
    fun `a byte order mark is allowed`() {
        val bytes = "\uFEFF{\"s\":[\"a\"]}".toByteArray()
        assertEquals(mapOf("s" to listOf("\"a\"")), scan(bytes).lists)
    }

    @TestFactory
    fun `512 levels are read and 513 are not, wherever they stand`(): List<DynamicTest> = listOf(
        "a streamer's value" to """{"s":#}""",
        "a list" to """{"s":[#]}""",
        "an unknown key" to """{"s":{"x":#,"chatters":[]}}""",
        "chatters" to """{"s":{"chatters":{"a":#}}}""",
        "a list of chatters" to """{"s":{"chatters":["a",#]}}""",
        "a list of a role" to """{"s":{"chatters":{"viewers":[#]}}}""",
        "a key that is no login" to """{"no login":#}""",
    ).map { (name, frame) ->
        dynamicTest(name) {
            val outside = frame.substringBefore('#').count { it == '{' || it == '[' }
            for (innermost in listOf("", "1", "\"a\"", "null")) {
                fun nested(levels: Int) = frame.replace("#", "[".repeat(levels - outside) + innermost + "]".repeat(levels - outside))
                scan(nested(SampleScanner.MAX_DEPTH))
                val reason = reason(nested(SampleScanner.MAX_DEPTH + 1).toByteArray())
                assertTrue("deep" in reason, reason)
                fun objects(levels: Int) = frame.replace("#", "{\"x\":".repeat(levels - outside) + "[]" + "}".repeat(levels - outside))
                scan(objects(SampleScanner.MAX_DEPTH - 1))
                reason(objects(SampleScanner.MAX_DEPTH).toByteArray())
            }
            reason(frame.replace("#", "[".repeat(1_000_000)).toByteArray())
        }
    }

    @Test
    fun `every number of JSON is one`() {
        for (number in listOf("0", "-0", "1", "10", "-1", "0.5", "1e5", "1E+5", "1.25e-10", "9".repeat(5000), "1e999999")) {
            assertEquals(mapOf("s" to listOf("")), lists("""{"s":{"viewer_count":$number,"chatters":[]}}"""))
        }
    }

    @Test
    fun `every escape of JSON is one`() {
        assertEquals(mapOf("s" to listOf(ESCAPES)), lists("""{"s":[$ESCAPES]}"""))
    }

    @Test
    fun `a file cut at any byte counts for nothing`() = runBlocking<Unit> {
        checkAll(60, Arb.long()) { seed ->
            val bytes = document(Random(seed)).toByteArray()
            scan(bytes)
            for (length in bytes.indices) assertOneLine(reason(bytes.copyOf(length)))
        }
    }

    @Test
    fun `a flipped byte gives a sample file or a reason, never anything else`() {
        for (seed in 1..40) {
            val random = Random(seed)
            val bytes = document(random).toByteArray()
            for (at in bytes.indices) {
                val flipped = bytes.copyOf()
                val other = if (random.nextBoolean()) flipped[at].toInt() xor (1 shl random.nextInt(8)) else random.nextInt()
                flipped[at] = other.toByte()
                try {
                    scan(flipped)
                } catch (bad: NotASampleFile) {
                    assertOneLine(bad.reason)
                }
            }
        }
    }

    @Test
    fun `bytes at random give a reason, never anything else`() {
        for (seed in 1..2000) {
            val random = Random(seed)
            val bytes = ByteArray(random.nextInt(60)) { SCRAPS.random(random).code.toByte() }
            try {
                scan("{".toByteArray() + bytes)
            } catch (bad: NotASampleFile) {
                assertOneLine(bad.reason)
            }
        }
    }

    @Test
    fun `what an earlier, longer file left in the buffer is not read`() {
        val scanner = SampleScanner()
        val long = """{"s":["aaaaaaaa","b"],"t":null}""".toByteArray()
        scanner.scan(long + ByteArray(SampleScanner.PADDING), long.size)
        val scan = scanner.scan("{}".toByteArray() + ByteArray(SampleScanner.PADDING), 2)
        assertEquals(0, scan.size)
        assertEquals(0, scan.keysDropped)
    }

    private fun assertOneLine(reason: String) {
        assertTrue(reason.isNotBlank())
        assertFalse(reason.any { it.isISOControl() || it == '\u2028' }, reason)
        assertTrue(reason.length < 200, reason)
    }

    private fun bytes(hex: String) = hex.split(' ').map { it.toInt(16).toByte() }.toByteArray()

    /** A document of all shapes with text of all kinds. */
    private fun document(random: Random): String = (1..random.nextInt(1, 6)).joinToString(",", "{", "}") {
        val names = { List(random.nextInt(5)) { text(random) }.joinToString(",", "[", "]") }
        val value = when (random.nextInt(7)) {
            0 -> names()
            1 -> """{"title":${text(random)},"viewer_count":${random.nextInt()},"chatters":${names()}}"""
            2 -> """{"chatters":{"vips":${names()} , "viewers":${names()}},"tags":[[],{"a":-1.5e3}]}"""
            3 -> "null"
            4 -> """{"chatters":null,"complete":true}"""
            5 -> "-17.5E-3"
            else -> "[ ]"
        }
        "${text(random)}:$value"
    }

    private fun text(random: Random) = (1..random.nextInt(1, 14)).joinToString("", "\"", "\"") {
        listOf("a", "B", "7", "_", "é", "名", "😀", "\\n", "\\u006b", "\\\"", "\\\\", " ").random(random)
    }

    private companion object {
        const val ESCAPES = """"\"\\\/\b\f\n\r\t\u0041\uD83D\uDE00\ud800\uABCD""""
        const val SCRAPS = "{}[]\"\":,\\u0041ntfalse 1-.eE\u0000\u00c3\u00a9\u00f0\t"
        val PLACES = listOf(
            """{"s":["a","b""" to """c"]}""",
            """{"s""" to """":[]}""",
            """{"s":{"title":"0123456789""" to """","chatters":[]}}""",
        )
    }
}
