package twitchactors.web

/** What `/health/ready` says. [services] by name: kafka, mongo, mariadb, cluster. */
data class Health(val ready: Boolean, val services: Map<String, ServiceHealth>)
