package twitchactors.dashboard

import twitchactors.web.Asset
import twitchactors.web.Assets

/** What the pages of panels need beside what every page has. */
internal object BoardAssets {
    private const val SCRIPT = "text/javascript; charset=UTF-8"
    private const val ECHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js"

    val style: Asset = Assets.add("board.css", "text/css; charset=UTF-8", "/twitchactors/dashboard/board.css")

    /** In the order in which they are to run. */
    val scripts: List<Asset> = listOf(
        Assets.add("echarts.js", SCRIPT, ECHARTS),
        Assets.add("charts.js", SCRIPT, "/twitchactors/dashboard/charts.js"),
        Assets.add("graph.js", SCRIPT, "/twitchactors/dashboard/graph.js"),
        Assets.add("board.js", SCRIPT, "/twitchactors/dashboard/board.js"),
    )
}
