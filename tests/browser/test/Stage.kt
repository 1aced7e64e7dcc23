package twitchactors.browser

import org.junit.jupiter.api.extension.ConditionEvaluationResult
import org.junit.jupiter.api.extension.ExecutionCondition
import org.junit.jupiter.api.extension.ExtensionContext
import org.junit.jupiter.api.extension.ParameterContext
import org.junit.jupiter.api.extension.ParameterResolver
import twitchactors.sources.ChromiumProgram

/**
 * Gives all tests of this module the same started demo and the same Chromium. Where no Chromium is installed they are skipped for a
 * user, and fail in CI.
 */
internal class Stage :
    ExecutionCondition,
    ParameterResolver {
    private val chromium = ChromiumProgram.find()

    override fun evaluateExecutionCondition(context: ExtensionContext): ConditionEvaluationResult =
        if (chromium != null || System.getenv("CI") == "true") {
            ConditionEvaluationResult.enabled("")
        } else {
            ConditionEvaluationResult.disabled(ABSENT)
        }

    override fun supportsParameter(parameter: ParameterContext, context: ExtensionContext): Boolean =
        parameter.parameter.type in listOf(StartedDemo::class.java, Chromium::class.java)

    override fun resolveParameter(parameter: ParameterContext, context: ExtensionContext): Any {
        val kept = context.root.getStore(ExtensionContext.Namespace.create(Stage::class.java))
        return when (parameter.parameter.type) {
            StartedDemo::class.java -> kept.computeIfAbsent("demo", { StartedDemo.start() }, StartedDemo::class.java)
            else -> kept.computeIfAbsent("chromium", { Chromium(checkNotNull(chromium) { ABSENT }) }, Chromium::class.java)
        }
    }

    private companion object {
        const val ABSENT = "chromium is not installed"
    }
}
