import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import twitchactors.domain.ByteSink;
import twitchactors.domain.LoginFilter;
import twitchactors.domain.OpenDay;
import twitchactors.domain.OpenDayForm;

/**
 * One actor per viewer against one actor per partition of viewers, on the same day: names per second, bytes of heap per viewer, and
 * how long it takes until one partition's share of the viewers lives again from what was saved of it. Both get the same messages,
 * a list of logins per (slot, streamer, partition), and both keep runs of slots. Neither does any input or output: what a store
 * would add comes on top, once per partition for the one and once per viewer for the other.
 *
 * <p>Run by tests/bench/actors.
 */
public final class Actors {
    private static final int PARTITIONS = 16;
    private static final int STREAMERS = 100;
    private static final int SLOTS = 288;
    private static final int DAY = 19_205;

    private record Names(int streamer, int slot, byte[] logins) {}

    private record Seen(int streamer, int slot) {}

    private record Save(Map<String, int[]> rows, CountDownLatch done) {}

    private record Done(CountDownLatch latch) {}

    /** What both begin with: the messages of a day, by partition, in the order of their slots. */
    private static List<List<Names>> day(int viewers) {
        Random random = new Random(1);
        StringBuilder[][][] lists = new StringBuilder[PARTITIONS][SLOTS][STREAMERS];
        for (int viewer = 0; viewer < viewers; viewer++) {
            String login = "viewer_" + Integer.toString(viewer * 7 + 1_000_000, 36);
            int partition = Math.floorMod(login.hashCode() * 0x9E3779B9 >>> 4, PARTITIONS);
            int pairs = 1 + random.nextInt(5);
            for (int pair = 0; pair < pairs; pair++) {
                int streamer = random.nextInt(STREAMERS);
                int first = random.nextInt(SLOTS);
                int last = Math.min(SLOTS, first + 1 + random.nextInt(15));
                for (int slot = first; slot < last; slot++) {
                    StringBuilder list = lists[partition][slot][streamer];
                    if (list == null) {
                        lists[partition][slot][streamer] = list = new StringBuilder();
                    } else {
                        list.append('\n');
                    }
                    list.append(login);
                }
            }
        }
        List<List<Names>> days = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<Names> names = new ArrayList<>();
            for (int slot = 0; slot < SLOTS; slot++) {
                for (int streamer = 0; streamer < STREAMERS; streamer++) {
                    StringBuilder list = lists[partition][slot][streamer];
                    if (list != null) names.add(new Names(streamer, slot, list.toString().getBytes(StandardCharsets.US_ASCII)));
                }
            }
            days.add(names);
        }
        return days;
    }

    private interface EachLogin {
        void login(byte[] bytes, int from, int to);
    }

    private static void each(byte[] logins, EachLogin sink) {
        int from = 0;
        for (int at = 0; at <= logins.length; at++) {
            if (at == logins.length || logins[at] == '\n') {
                sink.login(logins, from, at);
                from = at + 1;
            }
        }
    }

    /** All viewers of a partition, as the product keeps them. */
    private static final class Partition extends AbstractActor {
        private final OpenDay open;
        private final int[] numbers = new int[STREAMERS];

        Partition(byte[] form) throws ReflectiveOperationException {
            open = form == null ? emptyDay() : OpenDayForm.INSTANCE.read(form, 0, form.length, LoginFilter.All.INSTANCE);
            Method number = Arrays.stream(OpenDay.class.getMethods()).filter(m -> m.getName().startsWith("streamer-")).findFirst().orElseThrow();
            for (int i = 0; i < STREAMERS; i++) numbers[i] = (int) number.invoke(open, "streamer_" + i);
        }

        private static OpenDay emptyDay() throws ReflectiveOperationException {
            for (Constructor<?> constructor : OpenDay.class.getConstructors()) {
                if (constructor.getParameterCount() == 3) return (OpenDay) constructor.newInstance(DAY, LoginFilter.All.INSTANCE, null);
            }
            throw new NoSuchMethodException("OpenDay(day, admits)");
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Names.class, names -> each(names.logins, (bytes, from, to) -> open.add(bytes, from, to, numbers[names.streamer], names.slot)))
                    .match(Saved.class, saved -> {
                        ByteSink sink = new ByteSink(1 << 16);
                        OpenDayForm.INSTANCE.write(open, sink);
                        saved.form = sink.copy();
                        saved.done.countDown();
                    })
                    .match(Done.class, done -> done.latch.countDown())
                    .build();
        }
    }

    private static final class Saved {
        final CountDownLatch done = new CountDownLatch(1);
        volatile byte[] form;
    }

    /** Gives each name to the actor of its viewer, which it makes when the name first comes, or from {@code rows}. */
    private static final class Shard extends AbstractActor {
        private final Map<String, ActorRef> viewers = new HashMap<>();

        Shard(Map<String, int[]> rows) {
            rows.forEach((login, row) -> viewers.put(login, getContext().actorOf(Props.create(Viewer.class, () -> new Viewer(row)), login)));
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Names.class, names -> {
                        Seen seen = new Seen(names.streamer, names.slot);
                        each(names.logins, (bytes, from, to) -> {
                            String login = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
                            viewers.computeIfAbsent(login, l -> getContext().actorOf(Props.create(Viewer.class, () -> new Viewer(null)), l))
                                    .tell(seen, ActorRef.noSender());
                        });
                    })
                    .match(Save.class, save -> {
                        CountDownLatch all = new CountDownLatch(viewers.size());
                        viewers.values().forEach(viewer -> viewer.tell(new Save(save.rows, all), getSelf()));
                        new Thread(() -> {
                            try {
                                all.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            save.done.countDown();
                        }).start();
                    })
                    .match(Done.class, done -> {
                        CountDownLatch all = new CountDownLatch(viewers.size());
                        viewers.values().forEach(viewer -> viewer.tell(new Done(all), getSelf()));
                        new Thread(() -> {
                            try {
                                all.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            done.latch.countDown();
                        }).start();
                    })
                    .build();
        }
    }

    /** One viewer: runs as (streamer, first, last) in one small array. */
    private static final class Viewer extends AbstractActor {
        private int[] runs;

        Viewer(int[] row) {
            runs = row == null ? new int[0] : row;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Seen.class, this::see).match(Save.class, save -> {
                synchronized (save.rows) {
                    save.rows.put(getSelf().path().name(), runs);
                }
                save.done.countDown();
            }).match(Done.class, done -> done.latch.countDown()).build();
        }

        private void see(Seen seen) {
            for (int i = 0; i < runs.length; i += 3) {
                if (runs[i] == seen.streamer && runs[i + 2] + 1 >= seen.slot && runs[i + 1] <= seen.slot) {
                    runs[i + 2] = Math.max(runs[i + 2], seen.slot);
                    return;
                }
            }
            runs = Arrays.copyOf(runs, runs.length + 3);
            runs[runs.length - 3] = seen.streamer;
            runs[runs.length - 2] = seen.slot;
            runs[runs.length - 1] = seen.slot;
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void feed(List<ActorRef> actors, List<List<Names>> day) throws InterruptedException {
        // Partition by partition would let one actor work at a time; a slot at a time is what comes live.
        int longest = day.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (i < day.get(partition).size()) actors.get(partition).tell(day.get(partition).get(i), ActorRef.noSender());
            }
            if (i % 500 == 0) await(actors);
        }
        await(actors);
    }

    private static void await(List<ActorRef> actors) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(actors.size());
        actors.forEach(actor -> actor.tell(new Done(latch), ActorRef.noSender()));
        latch.await();
    }

    private static void measure(String what, int viewers, List<List<Names>> day, boolean perViewer) throws Exception {
        long names = day.stream().flatMap(List::stream).mapToLong(n -> new String(n.logins, StandardCharsets.US_ASCII).lines().count()).sum();
        ActorSystem system = ActorSystem.create("bench");
        long before = heap();
        List<ActorRef> actors = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            actors.add(system.actorOf(perViewer ? Props.create(Shard.class, () -> new Shard(Map.of())) : Props.create(Partition.class, () -> new Partition(null))));
        }
        long began = System.nanoTime();
        feed(actors, day);
        double seconds = (System.nanoTime() - began) / 1e9;
        long held = heap() - before;
        double back = perViewer ? viewersBack(system, actors.get(0)) : partitionBack(system, actors.get(0));
        System.out.printf(Locale.ROOT, "%-22s %6.2f M names/s  %6d bytes of heap per viewer  %8.1f ms until a partition's share is back%n",
                what, names / seconds / 1e6, held / viewers, back);
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get();
    }

    private static double partitionBack(ActorSystem system, ActorRef actor) throws InterruptedException {
        Saved saved = new Saved();
        actor.tell(saved, ActorRef.noSender());
        saved.done.await();
        long began = System.nanoTime();
        await(List.of(system.actorOf(Props.create(Partition.class, () -> new Partition(saved.form)))));
        return (System.nanoTime() - began) / 1e6;
    }

    private static double viewersBack(ActorSystem system, ActorRef actor) throws InterruptedException {
        Save save = new Save(new HashMap<>(), new CountDownLatch(1));
        actor.tell(save, ActorRef.noSender());
        save.done.await();
        long began = System.nanoTime();
        await(List.of(system.actorOf(Props.create(Shard.class, () -> new Shard(save.rows)))));
        return (System.nanoTime() - began) / 1e6;
    }

    public static void main(String[] arguments) throws Exception {
        int viewers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        List<List<Names>> day = day(viewers);
        for (int round = 0; round < rounds; round++) {
            measure("an actor per partition", viewers, day, false);
            measure("an actor per viewer", viewers, day, true);
        }
    }
}
