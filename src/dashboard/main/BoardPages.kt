package twitchactors.dashboard

import gg.jte.Content
import gg.jte.html.HtmlTemplateOutput
import gg.jte.html.OwaspHtmlTemplateOutput
import gg.jte.output.StringOutput
import twitchactors.dashboard.pages.JteboardGenerated
import twitchactors.dashboard.pages.JtepanelGenerated
import twitchactors.dashboard.pages.JtetrackGenerated

/** The templates of this module. What is put into them is escaped for the place where it stands. */
internal object BoardPages {
    fun board(view: BoardView): Content = Content { JteboardGenerated.render(it as HtmlTemplateOutput, null, view) }

    /** The form by which an admin has a streamer tracked. */
    fun track(name: String, token: String): Content = Content { JtetrackGenerated.render(it as HtmlTemplateOutput, null, name, token) }

    fun panel(view: PanelView): String =
        StringOutput().also { JtepanelGenerated.render(OwaspHtmlTemplateOutput(it), null, view) }.toString()
}
