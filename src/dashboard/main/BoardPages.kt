package twitchactors.dashboard

import gg.jte.Content
import gg.jte.html.HtmlTemplateOutput
import gg.jte.html.OwaspHtmlTemplateOutput
import gg.jte.output.StringOutput
import twitchactors.dashboard.pages.JteboardGenerated
import twitchactors.dashboard.pages.JtepanelGenerated

/** The templates of this module. What is put into them is escaped for the place where it stands. */
internal object BoardPages {
    fun board(view: BoardView): Content = Content { JteboardGenerated.render(it as HtmlTemplateOutput, null, view) }

    fun panel(view: PanelView): String =
        StringOutput().also { JtepanelGenerated.render(OwaspHtmlTemplateOutput(it), null, view) }.toString()
}
