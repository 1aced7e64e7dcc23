package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.simulator.Draws

class FaultsTest {
    @Test
    fun `a fault is what its text says`() {
        val fault = Fault.parse("slow-body:0.5,streamer=Some_One,path=/helix/streams,times=3,seconds=1.5")
        assertEquals(Fault(FaultKind.SLOW_BODY, 0.5, Login.require("some_one"), "/helix/streams", 3, 1.5), fault)
        assertEquals(fault, Fault.parse(fault.toString()))
        assertEquals(Fault(FaultKind.CUT_BODY), Fault.parse(" cut-body "))
    }

    @Test
    fun `what is wrong with a text is said in one line`() {
        for ((text, why) in mapOf(
            "storm" to "there are slow-body",
            "cut-body:2" to "'2' is no number from 0 to 1",
            "cut-body:x" to "'x' is no number",
            "cut-body,times=0" to "times is a number from 1",
            "cut-body,streamer=a b" to "'a b' is no login",
            "cut-body,path=x" to "begins with /",
            "cut-body,colour=red" to "none of streamer=",
        )) {
            val message = assertThrows(BadInput::class.java) { Fault.parse(text) }.message.orEmpty()
            assertTrue(why in message && '\n' !in message, message)
        }
    }

    @Test
    fun `the same seed has the same faults, in whatever order streamers are asked about`() {
        fun happen(seed: Long, order: List<Int>): Map<Int, List<Boolean>> {
            val faults = Faults(Draws(seed), listOf(Fault.parse("server-error:0.5")))
            return order.groupBy({ it }) { faults.hits(FaultKind.SERVER_ERROR, "/x") { listOf("s$it") } != null }
        }
        val turns = List(20) { turn -> List(10) { it } }.flatten()
        val sorted = turns.sorted()
        assertEquals(happen(1, turns), happen(1, sorted))
        assertNotEquals(happen(1, turns), happen(2, turns))
        assertTrue(happen(1, turns).values.flatten().count { it } in 60..140)
    }

    @Test
    fun `what is switched for the same kind and place takes the place of what was`() {
        val faults = Faults(Draws(1), emptyList())
        for (text in listOf("cut-body:1", "cut-body:0.5", "cut-body:1,path=/a", "slow-body")) faults.switch(Fault.parse(text))
        assertEquals(listOf("cut-body:0.5", "cut-body:1.0,path=/a", "slow-body:1.0,seconds=3.0"), faults.all.map { it.fault.toString() })
    }

    @Test
    fun `probability 0 switches off all of a kind, or those of the streamer and the path that it names`() {
        val places = listOf(",path=/a", ",streamer=b,path=/a", ",streamer=b", "")
        val all = places.map { "cut-body:1.0$it" } + "server-error:1.0"
        fun left(vararg ends: String): List<Int> {
            val faults = Faults(Draws(1), all.map { Fault.parse(it) })
            for (end in ends) faults.switch(Fault.parse(end))
            return faults.all.map { all.indexOf(it.fault.toString()) }
        }
        assertEquals(listOf(4), left("cut-body:0"))
        assertEquals(listOf(2, 3, 4), left("cut-body:0,path=/a"))
        assertEquals(listOf(0, 3, 4), left("cut-body:0,streamer=b"))
        assertEquals(listOf(0, 2, 3, 4), left("cut-body:0,streamer=b,path=/a"))
        assertEquals(listOf(0, 1, 2, 3, 4), left("cut-body:0,path=/", "slow-body:0"))
        assertEquals(listOf(0, 1, 2, 3), left("server-error:0,times=1"))
    }
}
