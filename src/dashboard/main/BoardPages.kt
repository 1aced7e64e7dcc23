package twitchactors.dashboard

import gg.jte.Content
import gg.jte.html.HtmlTemplateOutput
import gg.jte.html.OwaspHtmlTemplateOutput
import gg.jte.output.StringOutput
import twitchactors.dashboard.pages.JteboardGenerated
import twitchactors.dashboard.pages.JtepanelGenerated
import twitchactors.dashboard.pages.JteprogressGenerated
import twitchactors.dashboard.pages.JteremovalGenerated
import twitchactors.dashboard.pages.JtetrackGenerated
import twitchactors.dashboard.pages.JteviewersGenerated

/** The templates of this module. What is put into them is escaped for the place where it stands. */
internal object BoardPages {
    fun board(view: BoardView): Content = Content { JteboardGenerated.render(it as HtmlTemplateOutput, null, view) }

    /** The form by which an admin has a streamer tracked. */
    fun track(name: String, token: String): Content = Content { JtetrackGenerated.render(it as HtmlTemplateOutput, null, name, token) }

    /** The head of pages about viewers. */
    fun viewers(head: ViewersHead): Content = Content { JteviewersGenerated.render(it as HtmlTemplateOutput, null, head) }

    /** The page of a removal. */
    fun removal(number: String, removal: ViewerRights.Removal): Content =
        Content { JteremovalGenerated.render(it as HtmlTemplateOutput, null, number, removal) }

    /** How far a removal is: the part of its page that changes. */
    fun progress(number: String, removal: ViewerRights.Removal): String =
        StringOutput().also { JteprogressGenerated.render(OwaspHtmlTemplateOutput(it), null, number, removal) }.toString()

    fun panel(view: PanelView): String =
        StringOutput().also { JtepanelGenerated.render(OwaspHtmlTemplateOutput(it), null, view) }.toString()
}
