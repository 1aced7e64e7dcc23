package twitchactors.domain

import java.time.Instant

/** A [row] and when it arrived in Kafka: from then on its retention counts. A replay changes neither. */
class Arrived<out Row>(val row: Row, val at: Instant)
