package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.time.Duration

@ExtendWith(TestStores::class)
class ClusterNodesIT(started: TestStores.Started) {
    private val dataSource = started.dataSource
    private val nodes = ClusterNodes(dataSource)

    @Test
    fun `nodes that have said lately that they live are there for all others`() {
        dataSource.update("DELETE FROM cluster_nodes")
        listOf("pekko://c@b:1", "pekko://c@a:1", "pekko://c@old:1").forEach(nodes::lives)
        dataSource.update("UPDATE cluster_nodes SET seen_at = TIMESTAMPADD(SECOND, -20, seen_at) WHERE address = 'pekko://c@old:1'")
        assertEquals(listOf("pekko://c@a:1", "pekko://c@b:1"), nodes.others("pekko://c@new:1", Duration.ofSeconds(15)))
        assertEquals(listOf("pekko://c@b:1", "pekko://c@old:1"), nodes.others("pekko://c@a:1", Duration.ofMinutes(1)))
        nodes.lives("pekko://c@old:1")
        assertEquals(3, nodes.others("pekko://c@new:1", Duration.ofSeconds(15)).size)
    }

    @Test
    fun `of many who want to begin a cluster at once one may, until it has not asked for some time`() {
        dataSource.update("DELETE FROM cluster_beginning")
        val time = Duration.ofSeconds(15)
        val answers = (1..8).toList().parallelStream().map { nodes.beginner("pekko://c@$it:1", time) }.toList()
        val one = answers.distinct().single()
        fun age(seconds: Int) = dataSource.update("UPDATE cluster_beginning SET claimed_at = TIMESTAMPADD(SECOND, ?, claimed_at)", -seconds)
        age(10)
        assertEquals(one, nodes.beginner("pekko://c@late:1", time))
        assertEquals(one, nodes.beginner(one, time))
        age(10)
        assertEquals(one, nodes.beginner("pekko://c@late:1", time))
        age(10)
        assertEquals("pekko://c@late:1", nodes.beginner("pekko://c@late:1", time))
        assertEquals("pekko://c@late:1", nodes.beginner(one, time))
    }
}
