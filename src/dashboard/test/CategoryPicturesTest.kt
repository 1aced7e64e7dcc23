package twitchactors.dashboard

import com.sun.net.httpserver.HttpServer
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import java.net.InetSocketAddress
import java.util.concurrent.atomic.AtomicInteger

/** Pictures that a host of this machine offers, good ones and others. */
internal class CategoryPicturesTest {
    private val jpeg = byteArrayOf(-1, -40, -1) + ByteArray(500)
    private val asked = AtomicInteger()
    private var now = 0L
    private val offered = HashMap<String, Triple<Int, String, ByteArray>>()
    private val server: HttpServer = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0).apply {
        createContext("/") { exchange ->
            asked.incrementAndGet()
            val (status, type, bytes) = offered[exchange.requestURI.path] ?: Triple(404, "text/plain", ByteArray(0))
            exchange.responseHeaders.add("Content-Type", type)
            if (status == 302) exchange.responseHeaders.add("Location", "/art/good-104x144.jpg")
            exchange.sendResponseHeaders(status, if (bytes.isEmpty()) -1 else bytes.size.toLong())
            exchange.responseBody.use { it.write(bytes) }
        }
        start()
    }
    private val host = "http://127.0.0.1:${server.address.port}"

    @AfterEach
    fun stop() = server.stop(0)

    private fun pictures(vararg addresses: Pair<String, String>) = CategoryPictures("$host/art", { now }, { addresses.toMap() })

    /** The picture when it is there, for which each question waits a moment. */
    private fun CategoryPictures.fetched(category: String) = generateSequence { of(category) ?: NONE }.take(30).firstOrNull { it !== NONE }

    @Test
    fun `a picture is fetched once, in the size that is shown, and after hours again`() {
        offered["/art/good-104x144.jpg"] = Triple(200, "image/jpeg", jpeg)
        val pictures = pictures("Chess" to "$host/art/good-{width}x{height}.jpg")
        repeat(3) { assertArrayEquals(jpeg, pictures.fetched("Chess")?.bytes) }
        assertEquals(1, asked.get())
        now += 7 * 3_600_000_000_000L
        assertNotNull(pictures.fetched("Chess"))
        assertEquals(2, asked.get())
        assertNull(pictures.of("what nobody streams"))
    }

    @Test
    fun `what is no picture, too large, somewhere else or led to elsewhere is not shown`() {
        offered["/art/good-104x144.jpg"] = Triple(200, "image/jpeg", jpeg)
        offered["/art/page"] = Triple(200, "text/html", "<script>alert(1)</script>".toByteArray())
        offered["/art/drawn"] = Triple(200, "image/svg+xml", "<svg/>".toByteArray())
        offered["/art/lie"] = Triple(200, "image/jpeg", "<script>alert(1)</script>".toByteArray())
        offered["/art/large"] = Triple(200, "image/jpeg", jpeg + ByteArray(CategoryPictures.LONGEST))
        offered["/art/elsewhere"] = Triple(302, "text/plain", ByteArray(0))
        offered["/other/good.jpg"] = Triple(200, "image/jpeg", jpeg)
        val bad = listOf("page", "drawn", "lie", "large", "elsewhere", "missing", "../other/good.jpg").map { "$host/art/$it" }
        val places =
            bad + listOf("$host/other/good.jpg", "$host/artless/good.jpg", "$host.example/art/good-104x144.jpg", "file:///etc/hostname", "")
        val pictures = pictures(*places.mapIndexed { i, place -> "$i" to place }.toTypedArray())
        repeat(2) { assertEquals(emptyList<String>(), places.filterIndexed { i, _ -> pictures.of("$i") != null }) }
        assertEquals(6, asked.get())
    }

    @Test
    fun `what could not be had is tried again after some minutes`() {
        val pictures = pictures("Chess" to "$host/art/late")
        repeat(2) { assertNull(pictures.of("Chess")) }
        assertEquals(1, asked.get())
        offered["/art/late"] = Triple(200, "image/png", byteArrayOf(-119, 80, 78, 71, 13, 10))
        now += 6 * 60_000_000_000L
        assertEquals("image/png", pictures.fetched("Chess")?.type)
    }

    private companion object {
        val NONE = Picture("", ByteArray(0))
    }
}
