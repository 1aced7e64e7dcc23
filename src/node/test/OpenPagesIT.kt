package twitchactors.node

import org.apache.pekko.cluster.typed.Cluster
import org.apache.pekko.cluster.typed.Down
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path
import java.time.Duration

/** The pages of a process, while its node goes and comes. */
class OpenPagesIT {
    private val client = HttpClient.newHttpClient()

    @Test
    fun `the pages outlive a node that is shut out of its cluster, say that nothing is ready, and show the one that comes after it`(
        @TempDir data: Path,
    ) {
        Running.start(data, setOf(NodeRole.PROFILE)).use { running ->
            val url = OpenPages.start(running, PageAccounts(data), port = 0).url
            until("the pages to be ready") { health(url).statusCode() == 200 }

            val first = checkNotNull(running.node)
            Cluster.get(first.system).let { it.manager().tell(Down(it.selfMember().address())) }
            until("the node to be shut out") { first.isShutOut }
            until("the pages to say so") { health(url).statusCode() == 503 }

            running.tend()
            until("the pages to be ready again") { health(url).statusCode() == 200 }
            assertTrue(checkNotNull(running.node) !== first)
        }
    }

    private fun health(url: String): HttpResponse<Void> =
        client.send(HttpRequest.newBuilder(URI("$url/health/ready")).build(), BodyHandlers.discarding())

    private fun until(what: String, condition: () -> Boolean) = Patience(Duration.ofMinutes(1)).until(what, condition)
}
