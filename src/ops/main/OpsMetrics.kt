package twitchactors.ops

import io.micrometer.core.instrument.FunctionCounter
import io.micrometer.core.instrument.Gauge
import io.micrometer.core.instrument.Tag
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics
import io.micrometer.core.instrument.binder.system.ProcessorMetrics
import io.micrometer.core.instrument.binder.system.UptimeMetrics
import io.micrometer.prometheusmetrics.PrometheusConfig
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry

/** The metrics of a process, for Prometheus. Values are asked for when somebody looks; one that is unknown just now is NaN. */
class OpsMetrics : AutoCloseable {
    private val registry = PrometheusMeterRegistry(PrometheusConfig.DEFAULT)
    private val pauses = JvmGcMetrics()
    private val before = ArrayList<() -> Unit>()
    private val known = HashSet<Pair<String, Map<String, String>>>()

    init {
        JvmMemoryMetrics().bindTo(registry)
        JvmThreadMetrics().bindTo(registry)
        ProcessorMetrics().bindTo(registry)
        UptimeMetrics().bindTo(registry)
        pauses.bindTo(registry)
    }

    /**
     * What only grows, or begins at 0 again. Its name in Prometheus is `twitchactors_`[name]`_`[unit]`_total`. Said again, it is the same.
     *
     * @param unit what is counted, in the plural
     * @param help a sentence
     */
    fun counter(name: String, unit: String, help: String, labels: Map<String, String> = emptyMap(), value: () -> Number?) {
        if (!known.add(name to labels)) return
        FunctionCounter.builder("$PREFIX$name", this) {
            number(value)
        }.baseUnit(unit).description(help).tags(tags(labels)).register(registry)
    }

    /** What is so much just now: `twitchactors_`[name]`_`[unit]. Said again, it is the same. */
    fun gauge(name: String, unit: String, help: String, labels: Map<String, String> = emptyMap(), value: () -> Number?) {
        if (!known.add(name to labels)) return
        Gauge.builder("$PREFIX$name", this) { number(value) }.baseUnit(unit).description(help).tags(tags(labels)).register(registry)
    }

    /** [action] is done each time before somebody looks: to take in labels that are new. */
    fun beforeLook(action: () -> Unit) {
        before += action
    }

    /** All of it in the text form of Prometheus. */
    @Synchronized
    fun text(): String {
        before.forEach { it() }
        return registry.scrape()
    }

    private fun number(value: () -> Number?): Double = try {
        value()?.toDouble() ?: Double.NaN
    } catch (_: Exception) {
        Double.NaN
    }

    private fun tags(labels: Map<String, String>) = labels.map { (name, value) -> Tag.of(name, value) }

    override fun close() {
        pauses.close()
        registry.close()
    }

    private companion object {
        const val PREFIX = "twitchactors."
    }
}
