package twitchactors.services

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ScheduledThreadPoolExecutor
import java.util.concurrent.TimeUnit

/**
 * Asks each service again and again, each in its turn on a thread of its own, and remembers the last answer, so that reading
 * it costs nothing.
 *
 * @param explain a better reason than the probe's, when there is one: null means up, or that nothing more is known
 */
internal class HealthWatch(private val probes: Map<String, Probe>, private val explain: (service: String) -> String?) : AutoCloseable {
    private class Answer(val health: Health, val at: Long)

    private val answers = ConcurrentHashMap<String, Answer>()
    private val threads = ScheduledThreadPoolExecutor(probes.size) { Thread(it, "services-watch").apply { isDaemon = true } }

    init {
        probes.forEach { (service, probe) ->
            answers[service] = Answer(Health.Up, System.nanoTime())
            threads.scheduleWithFixedDelay({ ask(service, probe) }, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS)
        }
    }

    fun health(): Map<String, Health> = probes.keys.associateWith { service ->
        val answer = answers.getValue(service)
        val known = explain(service)
        val age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - answer.at)
        when {
            known != null -> Health.Down(known)
            answer.health is Health.Up && age > STALE_MS -> Health.Down("no answer for ${age / 1000} s")
            else -> answer.health
        }
    }

    private fun ask(service: String, probe: Probe) {
        val reason = try {
            probe.ask()
        } catch (failure: Exception) {
            failure.toString()
        }
        answers[service] = Answer(reason?.let { Health.Down(it) } ?: Health.Up, System.nanoTime())
    }

    override fun close() {
        threads.shutdownNow()
        probes.values.forEach { it.close() }
    }

    private companion object {
        const val PERIOD_MS = 1000L
        const val STALE_MS = 10_000L
    }
}
