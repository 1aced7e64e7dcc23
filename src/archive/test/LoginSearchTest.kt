package twitchactors.archive

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.Login
import java.nio.file.Files
import java.nio.file.Path
import kotlin.random.Random

class LoginSearchTest {
    private fun isIn(text: String) = LoginSearch(Login.require("zerator_fan1")).isIn(text.toByteArray())

    @Test
    fun `a login is found as a word, in any case, and not within a longer name`() {
        for (text in listOf("zerator_fan1", "\"ZeRaTor_Fan1\",", "a\nzerator_fan1", "zerator_fan12 zerator_fan1", "né.zerator_fan1|")) {
            assertEquals(true, isIn(text), text)
        }
        for (text in listOf("", "zerator_fan", "zerator_fan12", "_zerator_fan1", "Xzerator_fan1", "zerator-fan1")) {
            assertEquals(false, isIn(text), text)
        }
    }

    @Test
    fun `in a file it is found wherever blocks begin and end`(@TempDir folder: Path) {
        val login = LoginSearch(Login.require("aba"))
        val random = Random(1)
        val file = folder.resolve("text")
        repeat(300) {
            val text = ByteArray(random.nextInt(20)) { "ab.".random(random).code.toByte() }
            Files.write(file, text)
            val expected = Regex("(?<![ab])aba(?![ab])").containsMatchIn(String(text))
            for (block in 1..8) assertEquals(expected, login.isIn(file, block), "${String(text)}, blocks of $block")
        }
    }
}
