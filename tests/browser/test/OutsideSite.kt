package twitchactors.browser

/** A site that runs already, by what tests/browser/on-site tells of it. */
internal object OutsideSite {
    val caller = Caller(System.getenv("TWITCHACTORS_TEST_SITE").orEmpty())

    val session by lazy {
        caller.logIn(Account("?", System.getenv("TWITCHACTORS_TEST_LOGIN"), System.getenv("TWITCHACTORS_TEST_PASSWORD")))
    }

    val pages by lazy { SitePages.all(caller, session) }
}
