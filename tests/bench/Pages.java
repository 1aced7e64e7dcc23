import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How quick the pages are: each page of the navigation the first time that it is asked for (cold: nothing of it was compiled or
 * kept), then by several connections at once (warm), then all pages with changing periods, 20 a second, as the times at which they are
 * due. By itself it starts a demo of 20,000 viewers, waits for the first sealed day, and measures while the next days are collected, so the
 * pipeline, the simulated Twitch, MariaDB and this program share the machine. Prints requests per second, median, 95th and 99th
 * percentile, bytes on their way and the memory of the program; never fails for being slow.
 *
 * <p>Run by tests/bench/pages.
 */
public final class Pages {
    private static final int RATE = 20;
    private static final int RATED_SECONDS = 30;
    private static final Pattern NAVIGATION = Pattern.compile("<nav aria-label=\"Pages\">(.*?)</nav>", Pattern.DOTALL);
    private static final Pattern HREF = Pattern.compile("href=\"(/[^\"?]*)");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final List<String> PERIODS = List.of("", "?period=today", "?period=24h", "?period=30d", "?period=24h&compare=1");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final long pid;
    private String cookie = "";

    private Pages(String url, long pid) {
        this.url = url;
        this.pid = pid;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("--site")) {
            Pages pages = new Pages(arguments[1], Long.parseLong(arguments[4]));
            pages.logIn(arguments[2], arguments[3]);
            pages.measure(number(arguments, 5, 5), number(arguments, 6, 8));
            return;
        }
        Path data = Path.of("target/bench/pages-data");
        remove(data);
        Files.createDirectories(data);
        Process demo = new ProcessBuilder("./twitchactors", "demo", "--port", "0", "--days", "30", "--data", data.toString())
            .redirectError(Path.of("target/bench/pages-demo.log").toFile()).start();
        Thread end = new Thread(() -> stop(demo));
        Runtime.getRuntime().addShutdownHook(end);
        BufferedReader said = demo.inputReader();
        String[] login = {};
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("login visitor ")) {
                login = line.split(" ");
            } else if (line.startsWith("ready ")) {
                System.out.println("SIMULATED: the demo, 20,000 viewers and 40 streamers at 720 times real time");
                Pages pages = new Pages(line.substring(6), demo.pid());
                pages.logIn(login[2], login[3]);
                pages.awaitSealedDay();
                pages.measure(number(arguments, 0, 5), number(arguments, 1, 8));
                break;
            }
        }
        stop(demo);
        Runtime.getRuntime().removeShutdownHook(end);
        remove(data);
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static void stop(Process demo) {
        try {
            new ProcessBuilder("kill", "-INT", "" + demo.pid()).start().waitFor();
            if (!demo.waitFor(60, TimeUnit.SECONDS)) demo.destroyForcibly();
        } catch (IOException | InterruptedException failure) {
            demo.destroyForcibly();
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "text/html").header("Accept-Encoding", "gzip").header("Cookie", cookie);
    }

    private void logIn(String name, String password) throws Exception {
        HttpRequest door = HttpRequest.newBuilder(URI.create(url + "/login")).header("Accept", "text/html").build();
        HttpResponse<String> form = client.send(door, BodyHandlers.ofString());
        Matcher token = TOKEN.matcher(form.body());
        if (!token.find()) throw new IllegalStateException("there is no form at the door");
        String fields = "csrf=" + token.group(1) + "&name=" + code(name) + "&password=" + code(password);
        HttpRequest enter = HttpRequest.newBuilder(URI.create(url + "/login")).header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookie(form)).POST(BodyPublishers.ofString(fields)).build();
        HttpResponse<String> reply = client.send(enter, BodyHandlers.ofString());
        if (reply.statusCode() != 303) throw new IllegalStateException(name + " is not let in: " + reply.statusCode());
        cookie = cookie(reply);
    }

    private static String cookie(HttpResponse<?> reply) {
        return reply.headers().allValues("set-cookie").get(0).split(";")[0];
    }

    private static String code(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String text(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "text/html").header("Cookie", cookie).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private void awaitSealedDay() throws Exception {
        System.err.println("waiting for the first sealed day");
        while (!text("/api/v1/live-view").contains("\"sealed\":true")) LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }

    private List<String> navigation() throws Exception {
        // Of the page that reads no database: the others are still cold.
        Matcher nav = NAVIGATION.matcher(text("/live"));
        if (!nav.find()) throw new IllegalStateException("there is no navigation");
        return HREF.matcher(nav.group(1)).results().map(found -> found.group(1)).distinct().toList();
    }

    private void measure(int seconds, int connections) throws Exception {
        System.out.printf(
            Locale.ROOT,
            "%d processors; load average at the start: %s; memory of the program: %s%n",
            Runtime.getRuntime().availableProcessors(),
            load(),
            memory());
        List<String> pages = navigation();
        List<Answer> cold = new ArrayList<>();
        for (String page : pages) cold.add(ask(page));
        System.out.printf(Locale.ROOT, "%-14s %9s %9s %9s %9s %9s %9s%n", "page", "cold ms", "warm /s", "median", "p95", "p99", "bytes");
        for (int i = 0; i < pages.size(); i++) {
            String page = pages.get(i);
            long begin = System.nanoTime();
            List<Answer> warm = together(page, seconds, connections);
            double taken = (System.nanoTime() - begin) / 1e9;
            double[] times = times(warm);
            System.out.printf(
                Locale.ROOT,
                "%-14s %9.1f %9.1f %9.1f %9.1f %9.1f %9d%s%n",
                page,
                cold.get(i).millis,
                warm.size() / taken,
                at(times, 0.5),
                at(times, 0.95),
                at(times, 0.99),
                cold.get(i).bytes,
                failed(warm));
        }
        System.out.printf(Locale.ROOT, "warm: %d connections for %d s each; memory of the program: %s%n", connections, seconds, memory());
        rated(pages);
        System.out.printf(Locale.ROOT, "load average at the end: %s; memory of the program: %s%n", load(), memory());
    }

    /** Each of [connections] asks again as soon as it has its answer. */
    private List<Answer> together(String page, int seconds, int connections) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<CompletableFuture<List<Answer>>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(CompletableFuture.supplyAsync(() -> {
                List<Answer> mine = new ArrayList<>();
                while (System.nanoTime() < end) mine.add(ask(page));
                return mine;
            }, threads));
        }
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<List<Answer>> one : all) answers.addAll(one.get());
        threads.shutdown();
        return answers;
    }

    /** Asks at fixed times, whether or not earlier answers are there: who waits for a slow answer does not spare the site. */
    private void rated(List<String> pages) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        Random random = new Random(7);
        Semaphore open = new Semaphore(500);
        List<CompletableFuture<Answer>> all = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < RATE * RATED_SECONDS; i++) {
            long due = begin + i * TimeUnit.SECONDS.toNanos(1) / RATE;
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            String page = pages.get(random.nextInt(pages.size())) + PERIODS.get(random.nextInt(PERIODS.size()));
            open.acquire();
            all.add(CompletableFuture.supplyAsync(() -> ask(page).since(due), threads).whenComplete((answer, failure) -> open.release()));
        }
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<Answer> one : all) answers.add(one.get());
        threads.shutdown();
        double[] times = times(answers);
        System.out.printf(
            Locale.ROOT,
            "all pages, %d periods, %d a second for %d s: median %.1f ms, p95 %.1f ms, p99 %.1f ms%s%n",
            PERIODS.size(),
            RATE,
            RATED_SECONDS,
            at(times, 0.5),
            at(times, 0.95),
            at(times, 0.99),
            failed(answers));
    }

    private record Answer(int status, double millis, int bytes, long ended) {
        Answer since(long due) {
            return new Answer(status, (ended - due) / 1e6, bytes, ended);
        }
    }

    private Answer ask(String path) {
        long begin = System.nanoTime();
        try {
            HttpResponse<byte[]> reply = client.send(request(path).build(), BodyHandlers.ofByteArray());
            long end = System.nanoTime();
            return new Answer(reply.statusCode(), (end - begin) / 1e6, reply.body().length, end);
        } catch (IOException | InterruptedException failure) {
            return new Answer(0, (System.nanoTime() - begin) / 1e6, 0, System.nanoTime());
        }
    }

    private static double[] times(List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status == 200).mapToDouble(Answer::millis).sorted().toArray();
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }

    private static String failed(List<Answer> answers) {
        long count = answers.stream().filter(answer -> answer.status != 200).count();
        return count == 0 ? "" : "  " + count + " without an answer of 200";
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? String.join(" ", Arrays.copyOf(Files.readString(file).split(" "), 3)) : "unknown";
    }

    /** Resident now, and at most so far. */
    private String memory() throws IOException {
        Path file = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(file)) return "unknown";
        long now = 0;
        long most = 0;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("VmRSS:")) now = Long.parseLong(line.replaceAll("\\D", ""));
            if (line.startsWith("VmHWM:")) most = Long.parseLong(line.replaceAll("\\D", ""));
        }
        return now / 1024 + " MiB, at most " + most / 1024 + " MiB";
    }
}
