package twitchactors.topics

import com.google.protobuf.ByteString
import org.apache.kafka.common.header.Headers
import org.apache.kafka.common.header.internals.RecordHeaders
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sample

/** Records as they should be, to be spoilt by tests. */
internal object Samples {
    fun headers(version: String? = "1"): Headers = RecordHeaders().apply { version?.let { add("v", it.toByteArray()) } }

    fun logins(vararg names: String): ByteString = ByteString.copyFromUtf8(names.joinToString("\n"))

    fun sample(): Sample.Builder = Sample.newBuilder()
        .setStreamer("zerator").setDay(19_205).setSlot(287).setPolledAt(1_659_398_100).setSource("recorded").setComplete(true)
        .setLiveViewers(5171).setTitle("Un titre é 😀").setCategory("Just Chatting").setLanguage("fr").addTags("Français")
        .setStreamId("4000000000").setStartedAt(1_659_312_000).setPoll("p").setChunks(1).setLogins(logins("a", "viewer_1"))

    fun closed(): DayClosed.Builder =
        DayClosed.newBuilder().setDay(19_205).setSource("replay").setSourcePartition(3).setSourcePartitions(4).setFeed("f")
}
