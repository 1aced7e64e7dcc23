package twitchactors.node

import com.github.ajalt.clikt.core.CliktError
import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.core.PrintHelpMessage
import com.github.ajalt.clikt.core.UsageError
import com.github.ajalt.clikt.core.context
import com.github.ajalt.clikt.core.parse
import com.github.ajalt.clikt.core.subcommands
import twitchactors.domain.BadInput
import twitchactors.services.ServiceUnavailable
import java.io.IOException
import java.nio.file.Path
import kotlin.system.exitProcess

/** The root of the command line; what each command does is in its own file. */
private class TwitchActors : CoreCliktCommand(name = "twitchactors") {
    init {
        context { helpOptionNames = setOf("--help", "-h") }
    }

    override fun helpEpilog(context: Context) = """
        Every command takes --config FILE, a file in HOCON that counts more than the shipped ones (see hocon) and less than the environment.

        The launcher adds: pbm, which asks and steers a running node (./twitchactors pbm --help), and test, which runs all checks and tests (./twitchactors test --help).
    """.trimIndent()

    override fun run() = Unit
}

fun main(args: Array<String>) {
    exitProcess(run(args.toList()).code)
}

/**
 * Runs one command. Every failure becomes one line on stderr and an [Exit]; `--debug` adds the stack trace, `--config FILE` names
 * a [ConfigurationFile].
 */
fun run(args: List<String>): Exit {
    val debug = "--debug" in args
    val root = TwitchActors().subcommands(
        SimulateDayCommand(),
        SimulateTwitchCommand(),
        RestructureCommand(),
        ReplayCommand(),
        AuthorizeCommand(),
        ImportCommand(),
        NodeCommand(),
        ExportCommand(),
        AudienceCommand(),
        ViewerCommand(),
        ViewersCommand(),
        ArchiveCommand(),
        RestoreCommand(),
        VerifyCommand(),
        EraseCommand(),
        OptOutCommand(),
        AccountCommand(),
        AuditCommand(),
        DeadLettersCommand(),
        DemoCommand(),
        RunCommand(),
        TopicCommand(),
    )
    return try {
        root.parse(withoutConfig(args - "--debug"))
        Exit.DONE
    } catch (ended: Ended) {
        ended.exit
    } catch (failure: Exception) {
        if (debug) System.err.print(failure.stackTraceToString())
        explain(root, failure)
    }
}

/** Uses the file that [args] name, and returns the others of them. */
private fun withoutConfig(args: List<String>): List<String> {
    val at = args.indexOfFirst { it == CONFIG || it.startsWith("$CONFIG=") }
    if (at < 0) return args
    val inOneWord = args[at] != CONFIG
    val file = if (inOneWord) args[at].substringAfter('=') else args.getOrNull(at + 1) ?: throw BadInput("$CONFIG needs the name of a file")
    ConfigurationFile.use(Path.of(file))
    return args.take(at) + args.drop(if (inOneWord) at + 1 else at + 2)
}

private const val CONFIG = "--config"

private fun explain(root: CoreCliktCommand, failure: Exception): Exit = when (failure) {
    is PrintHelpMessage -> {
        val text = root.getFormattedHelp(failure)
        if (failure.error) System.err.println(text) else println(text)
        if (failure.error) Exit.BAD_INPUT else Exit.DONE
    }
    is UsageError -> say(Exit.BAD_INPUT, "${root.getFormattedHelp(failure)?.lines()?.last { it.isNotBlank() }}; see --help")
    is CliktError -> say(Exit.BAD_INPUT, failure.message.orEmpty())
    is BadInput -> say(Exit.BAD_INPUT, failure.message.orEmpty())
    is ServiceUnavailable -> say(Exit.NO_SERVICE, failure.message.orEmpty())
    is IOException -> say(Exit.FAILED_MIDWAY, "${failure.message}; it is safe to run the same command again")
    else -> say(Exit.FAILED_MIDWAY, "$failure; run it again with --debug to see where")
}

private fun say(exit: Exit, line: String): Exit {
    System.err.println("twitchactors: ${line.replace('\n', ' ')}")
    return exit
}
