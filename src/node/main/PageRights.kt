package twitchactors.node

import kotlinx.serialization.json.JsonObject
import org.slf4j.LoggerFactory
import twitchactors.dashboard.ViewerRights
import twitchactors.dashboard.ViewerRights.Kind
import twitchactors.domain.Login
import twitchactors.store.AuditEntry
import twitchactors.store.SuppressionKind
import java.util.UUID
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executors

/** What admins do about single viewers on pages: the same as `erase`, `optout` and `viewer` do, one removal after the other. */
internal class PageRights(private val running: Running, private val drawn: DrawnViewers) :
    ViewerRights,
    AutoCloseable {
    private class Job(val kind: Kind, val viewer: String) {
        val steps = CopyOnWriteArrayList<String>()

        @Volatile
        var receipt: List<String>? = null

        @Volatile
        var failure: String? = null
    }

    private val stores = running.stores
    private val known = KnownViewers(stores, stores.shownViewers.viewers)
    private val jobs = ConcurrentHashMap<String, Job>()
    private val worker = Executors.newSingleThreadExecutor { Thread(it, "page-rights").apply { isDaemon = true } }
    private val log = LoggerFactory.getLogger(PageRights::class.java)

    override fun nameOf(login: Login): String = drawn.remember(login)

    override fun document(login: Login): JsonObject? = known.of(login)?.let { ViewerDocument.of(login, it) }

    override fun keptOut(login: Login): String? = stores.suppressions.kind(login)?.name?.lowercase()?.replace('_', ' ')

    override fun begin(kind: Kind, login: Login, who: String): String {
        // Without an audit nothing is done.
        note(who, kind, login, "begins")
        val number = UUID.randomUUID().toString()
        val job = Job(kind, drawn.nameOf(login))
        jobs[number] = job
        worker.execute { work(job, login, who) }
        return number
    }

    override fun removal(number: String): ViewerRights.Removal? =
        jobs[number]?.run { ViewerRights.Removal(kind, viewer, steps.toList(), receipt, failure) }

    override fun past(): List<AuditEntry> = stores.audit.latest(LOOKED_THROUGH).filter { entry -> PAST.any { entry.action.endsWith(it) } }

    private fun work(job: Job, login: Login, who: String) = try {
        Steps { job.steps += it }.use { steps ->
            val patience = Patience(null)
            val kind = if (job.kind == Kind.ERASE) SuppressionKind.ERASED else SuppressionKind.OPTED_OUT
            val done = KeepingOut(running, login, steps, patience).begin(kind)
            val removal = Removal(running, login, steps, patience).run(now = false)
            patience.until("the audit trail") {
                note(who, job.kind, login, removal.summary(done))
                true
            }
            drawn.forget(login)
            job.receipt = Receipt.lines(running, done, removal, if (job.kind == Kind.ERASE) "erased" else "opted out")
        }
    } catch (failure: Exception) {
        // Its words may name the viewer, and neither a log nor a page that stays open is a place for that.
        log.warn("a removal broke off: {}", failure.javaClass.name)
        job.failure = "${failure.javaClass.simpleName}."
    }

    private fun note(who: String, kind: Kind, login: Login, detail: String) =
        stores.audit.note("page: $who", kind.word, stores.suppressions.pseudonym(login), detail)

    override fun close() {
        worker.shutdownNow()
    }

    private companion object {
        const val LOOKED_THROUGH = 500

        /** Of commands and of pbm, whose actions have a palette before. */
        val PAST = listOf("erase", "optout", "lift")
    }
}
