import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;

/**
 * A node of a cluster with 16 actors that have to live without being sent anything, in one of three ways: {@code wake} (each node
 * sends to all of them every two seconds, as the product does), {@code remember} (sharding remembers them, by distributed data),
 * {@code daemon} (sharded daemon process). Says on stdout which of them begin and end here, so that tests/bench/takeover can tell
 * how long they are away when a node is killed.
 *
 * <p>Arguments: way, port, port of the first node.
 */
public final class Takeover {
    private static final int ACTORS = 16;

    private static Behavior<String> actor(String number) {
        return Behaviors.setup(context -> {
            say("begins", number);
            return Behaviors.receive(String.class)
                    .onSignal(PostStop.class, stopped -> {
                        say("ends", number);
                        return Behaviors.same();
                    })
                    .onAnyMessage(message -> Behaviors.same())
                    .build();
        });
    }

    private static synchronized void say(String what, String number) {
        System.out.println(what + " " + number);
        System.out.flush();
    }

    /** The number of an actor is its shard's too. */
    private static final class ByNumber extends org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor<ShardingEnvelope<String>, String> {
        @Override
        public String entityId(ShardingEnvelope<String> message) {
            return message.entityId();
        }

        @Override
        public String shardId(String entityId) {
            return entityId;
        }

        @Override
        public String unwrapMessage(ShardingEnvelope<String> message) {
            return message.message();
        }
    }

    public static void main(String[] arguments) {
        String way = arguments[0];
        Config config = ConfigFactory.parseMap(Map.of(
                        "pekko.remote.artery.canonical.port", arguments[1],
                        "pekko.cluster.seed-nodes", java.util.List.of("pekko://bench@127.0.0.1:" + arguments[2]),
                        "pekko.actor.allow-java-serialization", "on",
                        "pekko.cluster.sharding.distributed-data.durable.keys", java.util.List.of(),
                        "pekko.cluster.sharding.remember-entities", way.equals("remember"),
                        "pekko.cluster.sharding.remember-entities-store", "ddata"))
                .withFallback(ConfigFactory.load());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "bench", config);
        if (way.equals("daemon")) {
            ShardedDaemonProcess.get(system).init(String.class, "actors", ACTORS, number -> actor("" + number));
            return;
        }
        EntityTypeKey<String> type = EntityTypeKey.create(String.class, "actors");
        ActorRef<ShardingEnvelope<String>> region = ClusterSharding.get(system)
                .init(Entity.of(type, context -> actor(context.getEntityId())).withMessageExtractor(new ByNumber()));
        Runnable wake = () -> {
            for (int number = 0; number < ACTORS; number++) region.tell(new ShardingEnvelope<>("" + number, "awake"));
        };
        if (way.equals("wake")) {
            system.scheduler().scheduleWithFixedDelay(Duration.ZERO, Duration.ofSeconds(2), wake, system.executionContext());
        } else {
            wake.run();
        }
    }
}
