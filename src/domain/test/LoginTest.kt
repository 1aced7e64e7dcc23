package twitchactors.domain

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

class LoginTest {
    @ParameterizedTest
    @ValueSource(strings = ["a", "_", "0", "zerator", "a23456789012345678901234_", "___"])
    fun `takes what is a login as it is`(text: String) = assertEquals(text, Login.of(text)?.name)

    @ParameterizedTest
    @ValueSource(strings = ["", " ", "a b", "a-b", "a23456789012345678901234_6", "é", "ＡＢ", "a\u0000", "\u212Aelvin", "İ", "a\n"])
    fun `refuses what is none`(text: String) = assertNull(Login.of(text))

    @ParameterizedTest
    @ValueSource(strings = ["ZeratoR", "ZERATOR", "zeratoR"])
    fun `folds upper case`(text: String) = assertEquals(Login.of("zerator"), Login.of(text))
}
