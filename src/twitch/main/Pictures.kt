package twitchactors.twitch

import org.apache.pekko.util.ByteString
import java.awt.Color
import java.awt.GradientPaint
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import javax.imageio.ImageIO

/** Box art, previews and faces: real JPEG files of any size, with colours of their own for each thing. */
internal class Pictures {
    private val kept = object : LinkedHashMap<String, ByteString>(KEPT, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<String, ByteString>): Boolean = size > KEPT
    }

    /** The picture at a path that ends in `NAME-WIDTHxHEIGHT.jpg`; 404 for any other. */
    fun answer(path: String): Reply {
        val (name, width, height) = SHAPE.matchEntire(path)?.destructured ?: return MISSING
        val columns = width.toInt()
        val rows = height.toInt()
        if (columns !in 1..LARGEST || rows !in 1..LARGEST) return MISSING
        return Reply(200, "image/jpeg", synchronized(kept) { kept.getOrPut(path) { drawn(name.hashCode(), columns, rows) } })
    }

    private fun drawn(colour: Int, width: Int, height: Int): ByteString {
        val image = BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
        val hue = (colour * GOLDEN ushr 8) / HUES
        image.createGraphics().run {
            paint = GradientPaint(
                0f,
                0f,
                Color.getHSBColor(hue, 0.6f, 0.9f),
                width.toFloat(),
                height.toFloat(),
                Color.getHSBColor(hue + 0.2f, 0.8f, 0.4f),
            )
            fillRect(0, 0, width, height)
            dispose()
        }
        val out = ByteArrayOutputStream()
        check(ImageIO.write(image, "jpg", out)) { "this Java has no JPEG writer" }
        return ByteString.fromArrayUnsafe(out.toByteArray())
    }

    private companion object {
        val SHAPE = Regex("/[a-z-]+/([A-Za-z0-9_]+)-([0-9]{1,4})x([0-9]{1,4})\\.jpg")
        val MISSING = Reply.html(Markup.page("Not found", ""), 404)
        const val LARGEST = 1920
        const val KEPT = 64
        const val GOLDEN = -0x61c88647
        const val HUES = (1 shl 24).toFloat()
    }
}
