package twitchactors.restructure

import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/** Lets several threads do numbered things in the order of their numbers 0, 1, 2, .. */
internal class InOrder {
    private val lock = ReentrantLock()
    private val changed = lock.newCondition()
    private var next = 0

    /** Waits until all before [number] are done, then does [action], alone. */
    fun at(number: Int, action: () -> Unit) = lock.withLock {
        while (next != number) changed.await()
        action()
        next++
        changed.signalAll()
    }
}
