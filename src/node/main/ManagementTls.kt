package twitchactors.node

import org.apache.pekko.actor.ActorSystem
import org.apache.pekko.http.javadsl.ConnectionContext
import org.apache.pekko.http.javadsl.HttpsConnectionContext
import org.apache.pekko.japi.function.Creator
import org.apache.pekko.japi.function.Function2
import org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider

/**
 * HTTPS between the nodes that discover each other, by the engines of remoting: the files of [ClusterTls], which are read again now and
 * then, TLS 1.3, and a certificate of that authority from both sides. No host name is checked: nodes ask each other by what records and
 * pods call them, and the names of one certificate for all say nothing of that.
 */
internal class ManagementTls(system: ActorSystem) {
    private val engines = RotatingKeysSSLEngineProvider(system)

    /** For who answers. */
    val server: HttpsConnectionContext = ConnectionContext.httpsServer(Creator { engines.createServerSSLEngine(NOBODY, NO_PORT) })

    /** For who asks. */
    val client: HttpsConnectionContext =
        ConnectionContext.httpsClient(Function2 { host: String, port: Int -> engines.createClientSSLEngine(host, port) })

    private companion object {
        /** Who comes is not known before. */
        const val NOBODY = ""
        const val NO_PORT = -1
    }
}
