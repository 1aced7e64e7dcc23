package twitchactors.ops

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class ActorTreeTest {
    private val printed = """
        -> / LocalActorRefProvider${'$'}${'$'}anon${'$'}1 class org.apache.pekko.actor.LocalActorRefProvider${'$'}Guardian status=0 2 children
           ⌊-> system LocalActorRef class org.apache.pekko.actor.LocalActorRefProvider${'$'}SystemGuardian status=0 2 children
           |   ⌊-> sharding LocalActorRef class org.apache.pekko.cluster.sharding.ClusterShardingGuardian status=0 1 children
           |   |   ⌊-> viewer-partition RepointableActorRef class org.apache.pekko.cluster.sharding.ShardRegion status=0 no children
           |   ⌊-> waker RepointableActorRef RepointableActorCell
           ⌊-> user LocalActorRef class org.apache.pekko.actor.LocalActorRefProvider${'$'}Guardian status=0 no children
    """.trimIndent()

    @Test
    fun `paths follow from the indentation`() {
        assertEquals(
            listOf("/", "/system", "/system/sharding", "/system/sharding/viewer-partition", "/system/waker", "/user"),
            ActorTree.read(printed).map { it.path },
        )
        assertEquals(listOf(0, 1, 2, 3, 2, 1), ActorTree.read(printed).map { it.depth })
    }

    @Test
    fun `an actor is told by its class, where there is one`() {
        val what = ActorTree.read(printed).associate { it.name to it.what }
        assertEquals("ShardRegion", what["viewer-partition"])
        assertEquals("RepointableActorRef", what["waker"])
    }

    @Test
    fun `what is below an actor does not begin with its name alone`() {
        val tree = ActorTree.read(printed)
        assertEquals(
            listOf("/system/sharding", "/system/sharding/viewer-partition"),
            tree.filter {
                it.isBelow("/system/sharding")
            }.map { it.path },
        )
        assertEquals(0, tree.count { it.isBelow("/sys") })
    }
}
