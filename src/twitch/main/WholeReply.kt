package twitchactors.twitch

import org.apache.pekko.stream.Attributes
import org.apache.pekko.stream.Outlet
import org.apache.pekko.stream.SourceShape
import org.apache.pekko.stream.stage.AbstractOutHandler
import org.apache.pekko.stream.stage.GraphStage
import org.apache.pekko.stream.stage.GraphStageLogic
import org.apache.pekko.util.ByteString

/** A source of [bytes] in one piece, which calls [taken] when it is asked for more: the connection has taken them. */
internal class WholeReply(private val bytes: ByteString, private val taken: () -> Unit) : GraphStage<SourceShape<ByteString>>() {
    private val out: Outlet<ByteString> = Outlet.create("WholeReply.out")
    private val shape: SourceShape<ByteString> = SourceShape.of(out)

    override fun shape(): SourceShape<ByteString> = shape

    override fun createLogic(inherited: Attributes): GraphStageLogic = object : GraphStageLogic(shape) {
        private var isSent = false

        init {
            setHandler(
                out,
                object : AbstractOutHandler() {
                    override fun onPull() {
                        if (isSent) {
                            taken()
                            completeStage()
                        } else {
                            isSent = true
                            push(out, bytes)
                        }
                    }
                },
            )
        }
    }
}
