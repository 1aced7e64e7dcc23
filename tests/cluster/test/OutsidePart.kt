package twitchactors.cluster

import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Assumptions

/** What a test needs of the machine. */
internal object OutsidePart {
    /** Skips the test by name where its part is absent, as [why] says; in CI, where everything has to be there, that is a failure. */
    fun isAbsent(why: String): Nothing = if (System.getenv("CI") == "true") fail<Nothing>(why) else Assumptions.abort<Nothing>(why)
}
