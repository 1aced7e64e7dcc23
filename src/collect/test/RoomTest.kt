package twitchactors.collect

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class RoomTest {
    private val room = Room(10, 2)

    private fun isGiven(place: Room.Place) = place.isGiven.toCompletableFuture().isDone

    @Test
    fun `places are given in the order in which they were asked for, as far as there is room`() {
        val first = room.enter(8)
        val large = room.enter(5)
        val small = room.enter(1)
        assertEquals(listOf(true, false, false), listOf(first, large, small).map(::isGiven))
        room.leave(8)
        assertEquals(listOf(true, true), listOf(large, small).map(::isGiven))
        assertEquals(6, room.used)
    }

    @Test
    fun `who asks no more makes way for the others, and cannot take back what was given`() {
        val first = room.enter(8)
        val large = room.enter(5)
        val small = room.enter(1)
        assertTrue(room.withdraw(large))
        assertTrue(isGiven(small))
        assertFalse(room.withdraw(small))
        assertFalse(room.withdraw(first))
        assertEquals(9, room.used)
    }

    @Test
    fun `what is larger than all of it gets in alone`() {
        val first = room.enter(1)
        val huge = room.enter(100)
        assertFalse(isGiven(huge))
        room.leave(1)
        assertTrue(isGiven(huge))
        assertTrue(isGiven(first))
    }

    @Test
    fun `the reserve is for those who do not wait`() {
        room.enter(9)
        assertTrue(room.enterNow(3))
        assertFalse(room.enterNow(1))
        assertFalse(isGiven(room.enter(1)))
    }
}
