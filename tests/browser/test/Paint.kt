package twitchactors.browser

import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** How soon pages of a site that runs are painted: no test, tests/bench/paint asks for it. */
@ExtendWith(Stage::class)
internal class Paint(private val chromium: Chromium) {
    @Test
    fun measure() {
        val site = OutsideSite
        println("First contentful paint, ms from the click, nothing in the cache: median and most of $ROUNDS")
        println("%-52s %14s %14s".format("page", *Screen.entries.map { "$it".lowercase() }.toTypedArray()))
        for (path in site.pages) {
            val figures = Screen.entries.map { screen ->
                val ms = List(ROUNDS) {
                    chromium.open(site.caller.site, site.session, screen = screen).use { look ->
                        look.go(path)
                        (look.page.evaluate(PAINTED) as Number).toInt()
                    }
                }.sorted()
                "%5d %5d".format(ms[ROUNDS / 2], ms.last())
            }
            println("%-52s %14s %14s".format(path.take(SHOWN), *figures.toTypedArray()))
        }
    }

    private companion object {
        const val ROUNDS = 7
        const val SHOWN = 52

        /** A page that is there may not have been painted yet. */
        const val PAINTED = """() => new Promise(resolve => new PerformanceObserver(list => {
            const paint = list.getEntriesByName('first-contentful-paint')[0]
            if (paint) resolve(paint.startTime)
        }).observe({ type: 'paint', buffered: true }))"""
    }
}
