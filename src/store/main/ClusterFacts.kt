package twitchactors.store

import java.sql.SQLIntegrityConstraintViolationException
import javax.sql.DataSource

/** Facts that the first start of a data folder or cluster fixes, and that every later one must agree with. */
class ClusterFacts(private val dataSource: DataSource) {
    /** The value of [name]: [value], if nobody has fixed another before. */
    fun fix(name: String, value: String): String {
        of(name)?.let { return it }
        try {
            dataSource.update("INSERT INTO cluster_facts (name, value) VALUES (?, ?)", name, value)
        } catch (_: SQLIntegrityConstraintViolationException) {
            // Another node was faster.
        }
        return checkNotNull(of(name)) { "cluster_facts has no $name just after it was written" }
    }

    /** The value of [name]; null when it is not fixed yet. */
    fun of(name: String): String? =
        dataSource.query("SELECT value FROM cluster_facts WHERE name = ?", name) { it.getString(1) }.firstOrNull()
}
