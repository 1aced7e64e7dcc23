package twitchactors.browser

import com.microsoft.playwright.options.ColorScheme

/** What the browser wishes. */
internal enum class Theme(val scheme: ColorScheme) {
    LIGHT(ColorScheme.LIGHT),
    DARK(ColorScheme.DARK),
}
