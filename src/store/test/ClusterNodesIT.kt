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
}
