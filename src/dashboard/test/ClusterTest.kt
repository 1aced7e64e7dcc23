package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.store.NodeVitals
import twitchactors.web.Access
import java.time.Duration
import java.time.Instant

class ClusterTest {
    private val now = Instant.parse("2022-08-03T12:00:00Z")
    private val one = "pekko://twitchactors@10.0.0.1:25520"
    private val two = "pekko://twitchactors@10.0.0.2:25520"

    private fun question(state: ClusterState?) = Question(
        Questions.reads(now = now, about = Questions.About(cluster = { state })),
        Period.of(emptyMap(), now),
        isAdmin = true,
    )

    private val vitals = NodeVitals.Vitals(one, 100L shl 20, 512L shl 20, null, 60, 9, 1_234)
    private val state = ClusterState(
        one,
        one,
        listOf(
            ClusterState.Member(one, listOf("collect", "web"), "up", true, "0.1.0", NodeVitals.Said(vitals, Duration.ofMillis(1500))),
            ClusterState.Member(two, listOf("profile"), "up", false, "0.1.0", null),
        ),
        listOf(ClusterState.Place(1, null, 7), ClusterState.Place(0, one, 0)),
        listOf(ClusterState.Lag("samples", "splitter", 500, 12)),
    )

    @Test
    fun `members say how they are, and who is lost is told as lost`() {
        val table = CLUSTER_MEMBERS.query(question(state))
        val shown = table.rows.map { row -> listOf("node", "status", "roles", "pollers", "age").map { row.values[table.index(it)] } }
        assertEquals(
            listOf(
                listOf("10.0.0.1:25520 (this)", "up, leader", "collect, web", 60, 1.5),
                listOf("10.0.0.2:25520", "unreachable", "profile", null, null),
            ),
            shown,
        )
        assertTrue("1 of 2 nodes answer" in table.coverage.orEmpty())
    }

    @Test
    fun `a partition that moves is on no node`() {
        val table = CLUSTER_PARTITIONS.query(question(state))
        assertEquals(listOf(listOf(0, "10.0.0.1:25520", 0L), listOf(1, "on the move", 7L)), table.rows.map { it.values })
        val html = BoardPages.panel(PanelView(Answered(CLUSTER_PARTITIONS, question(state), table)))
        assertTrue("class=\"cells\"" in html && "on the move" in html && "<table" in html)
    }

    @Test
    fun `all of it is for admins, and empty with a reason while the node is in no cluster`() {
        assertEquals(Access.ADMIN, Boards.CLUSTER.access)
        for (panel in Boards.CLUSTER.panels) {
            assertEquals(Access.ADMIN, panel.access)
            assertTrue("joins again" in panel.query(question(null)).why.orEmpty(), panel.id)
        }
    }
}
