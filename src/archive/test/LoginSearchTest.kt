package twitchactors.archive

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import twitchactors.domain.Login

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
}
