package twitchactors.node

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path

/**
 * Mutual TLS between nodes: the files `ca.crt`, `tls.crt` and `tls.key` (PEM) of one folder, as a Kubernetes secret of the type
 * `kubernetes.io/tls` has them. Whoever has no certificate of that authority, or one that shares no name with this node's, is refused.
 */
internal class ClusterTls private constructor(folder: Path) {
    val authority: Path = folder.resolve("ca.crt")
    val certificate: Path = folder.resolve("tls.crt")
    val key: Path = folder.resolve("tls.key")

    /** The same as [config], with all traffic of remoting through TLS. The files are read again now and then, so they may be renewed. */
    fun over(config: Config): Config {
        val keys = "pekko.remote.artery.ssl.rotating-keys-engine"
        return ConfigFactory.parseMap(
            mapOf(
                "pekko.remote.artery.transport" to "tls-tcp",
                "pekko.remote.artery.ssl.ssl-engine-provider" to ENGINE,
                "$keys.ca-cert-file" to "$authority",
                "$keys.cert-file" to "$certificate",
                "$keys.key-file" to "$key",
            ),
            "TLS between nodes",
        ).withFallback(config)
    }

    companion object {
        private const val KEY = "twitchactors.cluster.tls-folder"
        private const val ENGINE = "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider"

        /** Null when [config] names no folder; throws [BadInput] when one of its files is not there. */
        fun of(config: Config): ClusterTls? {
            val folder = config.getString(KEY).ifEmpty { return null }
            val tls = ClusterTls(Path.of(folder))
            for (file in listOf(tls.authority, tls.certificate, tls.key)) {
                if (!Files.isReadable(file)) throw BadInput("$KEY is $folder, but $file cannot be read")
            }
            return tls
        }
    }
}
