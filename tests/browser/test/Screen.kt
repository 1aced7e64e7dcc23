package twitchactors.browser

/** What a page is looked at on, in CSS pixels. */
internal enum class Screen(val width: Int, val height: Int) {
    DESKTOP(1280, 900),
    PHONE(390, 844),
}
