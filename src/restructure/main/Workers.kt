package twitchactors.restructure

import java.util.concurrent.ExecutionException
import java.util.concurrent.ExecutorCompletionService
import java.util.concurrent.Executors

/** A fixed number of threads that do one step together. */
internal class Workers(val count: Int) : AutoCloseable {
    private val executor = Executors.newFixedThreadPool(count) { task -> Thread(task, "restructure").apply { isDaemon = true } }

    /** Calls [work] once in each thread and waits for all; the first failure interrupts the others and is thrown. */
    fun <T> each(work: (Int) -> T): List<T> {
        val service = ExecutorCompletionService<T>(executor)
        val futures = List(count) { worker -> service.submit { work(worker) } }
        repeat(count) {
            try {
                service.take().get()
            } catch (failure: ExecutionException) {
                executor.shutdownNow()
                throw failure.cause!!
            }
        }
        return futures.map { it.get() }
    }

    override fun close() {
        executor.shutdownNow()
    }
}
