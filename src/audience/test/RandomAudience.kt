package twitchactors.audience

import twitchactors.domain.Login
import kotlin.random.Random

/** A small day with all that can happen in one: streams that break off, lists that are missing, viewers who come back, bots. */
internal class RandomAudience(val seed: Long) {
    private val random = Random(seed)
    private val streamers = List(random.nextInt(1, 14)) { "streamer_$it" }
    val listed = setOf("viewer_3", "viewer_5")
    val bots = KnownBots(listed.map(Login::require))
    val samples: Map<String, List<LiveSample>> = streamers.filter { random.nextInt(8) > 0 }.associateWith { samples() }
    val sightings: List<PlainAudience.Seen> = (0 until random.nextInt(30)).flatMap(::viewer)

    private fun samples(): List<LiveSample> {
        var id = ""
        return (0..287).filter { random.nextInt(30) > 0 || it % 5 == 0 }.filter { it % 100 > 30 }.map { slot ->
            if (random.nextInt(25) == 0) id = listOf("", "id_${random.nextInt(4)}").random(random)
            val hasChatters = random.nextInt(12) > 0
            LiveSample(
                slot,
                if (random.nextInt(10) == 0) null else random.nextInt(12),
                hasChatters,
                hasChatters && random.nextInt(5) > 0,
                listOf("", "a title", "another").random(random),
                listOf("a game", "a game", "chess").random(random),
                id,
            )
        }
    }

    private fun viewer(number: Int): List<PlainAudience.Seen> {
        val name = "viewer_$number"
        val isEverywhere = number % 7 == 0
        val staysLong = number % 6 == 0
        return streamers.filter { isEverywhere || random.nextInt(4) == 0 }.flatMap { streamer ->
            val from = if (staysLong) 0 else random.nextInt(288)
            val length = if (staysLong) 288 else random.nextInt(1, 40)
            (from until minOf(288, from + length)).filter {
                staysLong || random.nextInt(6) > 0
            }.map { PlainAudience.Seen(name, streamer, it) }
        }
    }
}
