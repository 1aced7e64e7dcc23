package twitchactors.web

import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.io.File

class WebSettingsTest {
    @Test
    fun `the shipped file says what the defaults say`() {
        val shipped = WebSettings.from(ConfigFactory.parseFile(File("../../hocon/web.conf")).resolve())
        val default = WebSettings()
        assertEquals(values(default), values(shipped))
    }

    private fun values(settings: WebSettings) = settings.run {
        listOf(host, port, behindProxy, sessionIdle, sessionLongest, refreshEvery, contact)
    }
}
