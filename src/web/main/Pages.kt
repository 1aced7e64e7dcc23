package twitchactors.web

import gg.jte.Content
import gg.jte.html.HtmlTemplateOutput
import gg.jte.html.OwaspHtmlTemplateOutput
import gg.jte.output.StringOutput
import twitchactors.web.pages.JteerrorGenerated
import twitchactors.web.pages.JteframeGenerated
import twitchactors.web.pages.JteliveGenerated
import twitchactors.web.pages.JteloginGenerated
import twitchactors.web.pages.JtepanelGenerated
import twitchactors.web.pages.JteyourdataGenerated

/** The pages, as text. What is put into them is escaped for the place where it stands. */
internal object Pages {
    fun live(page: LivePage?): Content = Content { JteliveGenerated.render(it as HtmlTemplateOutput, null, page) }

    fun frame(page: FramedPage, content: Content): String = text { JteframeGenerated.render(it, null, page, content) }

    fun panel(page: LivePage?): String = text { JtepanelGenerated.render(it, null, page) }

    fun login(token: String, name: String = "", message: String? = null): String =
        text { JteloginGenerated.render(it, null, token, name, message) }

    fun yourData(contact: String): String = text { JteyourdataGenerated.render(it, null, contact) }

    fun error(status: Int, message: String, id: String): String = text { JteerrorGenerated.render(it, null, status, message, id) }

    private fun text(render: (HtmlTemplateOutput) -> Unit): String = StringOutput().also { render(OwaspHtmlTemplateOutput(it)) }.toString()
}
