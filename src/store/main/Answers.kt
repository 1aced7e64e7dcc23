package twitchactors.store

import reactor.core.publisher.Mono
import java.util.concurrent.CompletionStage

/** The answer that always comes, or the failure instead. Asks at once. */
internal fun <T : Any> Mono<T>.answer(): CompletionStage<T> =
    toFuture().thenApply { checkNotNull(it) { "the viewer database gave no answer" } }
