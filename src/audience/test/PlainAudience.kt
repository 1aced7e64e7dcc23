package twitchactors.audience

import twitchactors.audience.ChatFigures.Retention
import twitchactors.domain.Day
import twitchactors.domain.Login

/** The answers by sets of objects and definitions alone, as slow as that is. */
internal class PlainAudience(sightings: List<Seen>, private val samples: Map<String, List<LiveSample>>, private val listed: Set<String>) {
    data class Seen(val viewer: String, val streamer: String, val slot: Int)

    private val seen = sightings.toSet()
    private val viewers = seen.map { it.viewer }.toSet()
    val streamers = (seen.map { it.streamer } + samples.keys).toSortedSet().toList()

    private val chatsOf = seen.groupBy { it.viewer to it.slot }.mapValues { (_, all) -> all.map { it.streamer }.toSet() }

    private val people = viewers.filter(::looksLikePerson).toSet()
    private val crowds = seen.groupingBy { it.streamer to it.slot }.eachCount()

    fun isPerson(viewer: String) = viewer in people

    /** Less than 60 points. */
    private fun looksLikePerson(viewer: String): Boolean {
        val slots = (0..287).filter { viewer to it in chatsOf }
        val atOnce = slots.maxOfOrNull { chatsOf.getValue(viewer to it).size } ?: 0
        val channels = if (atOnce >= 10) {
            60
        } else if (atOnce >= 5) {
            30
        } else {
            0
        }
        return (if (viewer in listed) 100 else 0) + channels + (if (slots.size >= 264) 40 else 0) < 60
    }

    fun totals(counts: (String) -> Boolean) = viewers.filter(counts).let { counted ->
        DayAudience.Totals(
            counted.size.toLong(),
            counted.count { viewer -> (0..287).any { (chatsOf[viewer to it]?.size ?: 0) > 1 } }.toLong(),
        )
    }

    fun chat(streamer: String, counts: (String) -> Boolean): ChatFigures {
        val here = seen.filter { it.streamer == streamer && counts(it.viewer) }
        val slots = here.groupBy({ it.viewer }, { it.slot })
        val streams = streamsOf(streamer)
        val retention = listOf(5, 15, 30, 60).map { minutes ->
            var could = 0L
            var stayed = 0L
            for (stream in streams) {
                for (viewer in slots.values) {
                    val inIt = viewer.filter { it in stream.first().slot..stream.last().slot }
                    if (inIt.isEmpty() || inIt.min() + minutes / 5 > stream.last().slot) continue
                    could++
                    if (inIt.any { it >= inIt.min() + minutes / 5 }) stayed++
                }
            }
            Retention(minutes, could, stayed)
        }
        return ChatFigures(
            slots.size.toLong(),
            here.size.toLong(),
            slots.count { (viewer, all) -> all.any { chatsOf.getValue(viewer to it).size > 1 } }.toLong(),
            retention,
            streams.map { stream -> slots.count { (_, all) -> all.any { it in stream.first().slot..stream.last().slot } }.toLong() },
        )
    }

    fun flow(streamer: String): StreamerFlow {
        val (before, after) = sides(streamer, 0..287)
        val streams = streamsOf(streamer).map { stream ->
            val (from, to) = sides(streamer, stream.first().slot..stream.last().slot)
            val id = stream.map { it.streamId }.firstOrNull { it != "" }.orEmpty()
            StreamerFlow.OfStream(id, stream.first().slot, stream.last().slot, from, to)
        }
        return StreamerFlow(Login.require(streamer), Day.parse("2022-08-01")!!, before, after, streams)
    }

    /** Before the first and after the last sighting of each viewer in these [slots]. */
    private fun sides(streamer: String, slots: IntRange): List<StreamerFlow.Side> {
        val here = seen.filter { it.streamer == streamer && it.slot in slots }.groupBy({ it.viewer }, { it.slot })
        return listOf(
            side(streamer, here.mapValues { (_, all) -> all.min() - 3..<all.min() }),
            side(streamer, here.mapValues { (_, all) -> all.max() + 1..all.max() + 3 }),
        )
    }

    private fun side(streamer: String, around: Map<String, IntRange>): StreamerFlow.Side {
        val whole = around.filterValues { it.first >= 0 && it.last <= 287 }
        val others = whole.mapValues { (viewer, slots) -> slots.flatMap { chatsOf[viewer to it].orEmpty() }.toSet() - streamer }
        fun totals(counts: (String) -> Boolean) = others.filterKeys(counts)
            .let { StreamerFlow.Totals(it.size.toLong(), it.count { (_, chats) -> chats.isEmpty() }.toLong()) }
        return StreamerFlow.Side(
            totals { true },
            totals(::isPerson),
            others.values.flatten().toSortedSet().map { other ->
                val there = others.filterValues { other in it }.keys
                StreamerFlow.Other(Login.require(other), there.size.toLong(), there.count(::isPerson).toLong())
            },
        )
    }

    fun shared(): Map<Pair<String, String>, Pair<Int, Int>> = buildMap {
        val chats = streamers.associateWith { streamer -> seen.filter { it.streamer == streamer }.map { it.viewer }.toSet() }
        for (a in streamers) {
            for (b in streamers.filter { it > a }) {
                val both = chats.getValue(a) intersect chats.getValue(b)
                if (both.isNotEmpty()) put(a to b, both.size to both.count(::isPerson))
            }
        }
    }

    /** The samples of each stream. */
    private fun streamsOf(streamer: String): List<List<LiveSample>> {
        val streams = mutableListOf<MutableList<LiveSample>>()
        for (sample in samples[streamer].orEmpty()) {
            val ids = streams.lastOrNull().orEmpty().map { it.streamId }.filter { it != "" } + sample.streamId
            val last = streams.lastOrNull()?.last()?.slot
            val goesOn = when {
                last == null -> false
                sample.streamId != "" && ids.size > 1 -> ids.distinct().size == 1
                else -> sample.slot <= last + 2
            }
            if (goesOn) streams.last() += sample else streams += mutableListOf(sample)
        }
        return streams
    }

    fun live(streamer: String): LiveFigures = live(streamer, streamsOf(streamer))

    fun streams(streamer: String): List<StreamerDay.Stream> {
        val (all, people) = chat(streamer) { true }.streams to chat(streamer, ::isPerson).streams
        return streamsOf(streamer).mapIndexed { i, stream -> stream(streamer, stream, all[i], people[i]) }
    }

    private fun stream(streamer: String, stream: List<LiveSample>, viewers: Long, people: Long) = StreamerDay.Stream(
        stream.map { it.streamId }.firstOrNull { it != "" }.orEmpty(),
        stream.first().slot,
        stream.last().slot,
        viewers,
        people,
        live(streamer, listOf(stream)),
    )

    private fun live(streamer: String, streams: List<List<LiveSample>>): LiveFigures {
        val weighted = streams.flatMap { stream ->
            stream.mapIndexed { i, sample -> sample to if (i == stream.lastIndex) 5 else minOf(10, 5 * (stream[i + 1].slot - sample.slot)) }
        }
        val all = weighted.map { it.first }
        val measured = weighted.filter { it.first.liveViewers != null }
        val compared = measured.filter { it.first.hasChatters }
        val peak = all.mapNotNull { it.liveViewers }.maxOrNull()
        return LiveFigures(
            airtime = weighted.sumOf { it.second },
            samples = all.size,
            gaps = all.count { !it.hasChatters },
            partial = all.count { it.hasChatters && !it.isComplete },
            measured = measured.sumOf { it.second },
            viewerMinutes = measured.sumOf { (sample, minutes) -> sample.liveViewers!!.toLong() * minutes },
            peak = peak,
            peakSlot = peak?.let { all.first { it.liveViewers == peak }.slot },
            compared = compared.sumOf { it.second },
            anonymousMinutes = compared.sumOf { (sample, minutes) ->
                maxOf(0, sample.liveViewers!! - (crowds[streamer to sample.slot] ?: 0)).toLong() * minutes
            },
        )
    }

    fun spans(streamer: String, of: (LiveSample) -> String): Map<String, String> {
        val said = samples[streamer].orEmpty().filter { of(it) != "" }
        return said.map(of).distinct().associateWith { text ->
            val slots = said.filter { of(it) == text }.map { it.slot }
            slots.filter { it - 1 !in slots }.joinToString(",") { first ->
                val last = generateSequence(first) { it + 1 }.takeWhile { it in slots }.last()
                if (first == last) "$first" else "$first-$last"
            }
        }
    }
}
