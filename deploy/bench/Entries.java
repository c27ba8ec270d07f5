import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Connects many accounts to a running flow-service, measures it, kills it and measures how everything is set up again. Run by
 * {@code deploy/bench/entries}; arguments: how many, address of the service, address of its management, its pid file.
 */
public final class Entries {

    private static final String FLOWS = "/api/config/config_entries/flow";
    private static final String ENTRIES = "/api/config/config_entries/entry";
    private static final Pattern FLOW_ID = Pattern.compile("\"flow_id\":\"([^\"]+)\"");
    private static final Pattern STATE = Pattern.compile("\"state\":\"([^\"]*)\"");
    private static final int PEOPLE = 16;
    private static final int LISTS = 200;
    private static final int WALKS = 1000;
    private static final int WARM_UP_WALKS = 3000;
    private static final int WARM_UP = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final ManyDevices remote = new ManyDevices();
    private final int count;
    private final String service;
    private final ServiceProcess process;

    private Entries(String[] arguments) throws IOException {
        count = Integer.parseInt(arguments[0]);
        service = arguments[1];
        process = new ServiceProcess(http, arguments[2], Path.of(arguments[3]));
    }

    public static void main(String[] arguments) throws Exception {
        Entries measured = new Entries(arguments);
        try {
            measured.awaitConnector();
            measured.connect();
            measured.measureFlows();
            measured.measureLists();
            measured.process.report("before the kill");
            measured.killAndWait();
            measured.measureLists();
            measured.process.report("after everything");
        } finally {
            measured.remote.stop();
        }
        System.exit(0);
    }

    private void awaitConnector() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!get(service + "/api/config/config_entries/flow_handlers").body().contains("\"many\"")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the connector does not appear");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** As people do: a flow for each, whose step tests the connection, and a set-up, which tests it again. */
    private void connect() throws Exception {
        long start = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        Thread[] people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        try {
                            String answer = post(FLOWS + "/" + startFlow(), input(n, "token-of-" + n));
                            if (!answer.contains("\"create_entry\"")) {
                                throw new IllegalStateException(answer);
                            }
                        } catch (Exception e) {
                            if (failures.getAndIncrement() == 0) {
                                System.err.println("entry " + n + ": " + e);
                            }
                        }
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread person : people) {
            person.join();
        }
        if (failures.get() > 0) {
            throw new IllegalStateException(failures + " entries could not be added");
        }
        double seconds = secondsSince(start);
        System.out.printf("%,d entries added by %d people in %.1f s: %.0f a second%n", count, PEOPLE, seconds, count / seconds);
        remote.report("while they were added");
    }

    /** Starts a flow and submits a step whose test is refused; the time of the remote is not counted. */
    private void measureFlows() throws Exception {
        long[] both = new long[WARM_UP_WALKS + WALKS];
        long[] starts = new long[both.length];
        for (int i = 0; i < both.length; i++) {
            remote.spent.set(0);
            long start = System.nanoTime();
            String flow = startFlow();
            starts[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            refused(FLOWS + "/" + flow, input(0, "guessed"));
            both[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start - remote.spent.get());
            send(HttpRequest.newBuilder(URI.create(service + FLOWS + "/" + flow)).DELETE());
        }
        report("start a flow and submit a step, without the remote's time", both, WARM_UP_WALKS);
        report("  of which the start", starts, WARM_UP_WALKS);
        measureDisk();
    }

    /** Starting and submitting are two commits each; this is what the disk alone takes for one. */
    private void measureDisk() throws IOException {
        long[] micros = new long[WARM_UP + WALKS];
        Path file = Files.createTempFile(process.directory(), "disk", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < micros.length; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(8192));
                channel.force(false);
                micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            }
        } finally {
            Files.delete(file);
        }
        report("  for comparison, 8 KiB written and forced to this disk", micros, WARM_UP);
    }

    /** What the machine takes for the same computation again and again: whatever is measured here varies at least like this. */
    private static void measureProcessor() {
        long[] micros = new long[WARM_UP + LISTS];
        long sum = 0;
        for (int i = 0; i < micros.length; i++) {
            long start = System.nanoTime();
            for (int j = 0; j < 40_000_000; j++) {
                sum += j ^ sum >>> 7;
            }
            micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        }
        report("  for comparison, always the same arithmetic (" + (sum & 1) + ")", micros, WARM_UP);
    }

    private void measureLists() throws Exception {
        long[] micros = new long[WARM_UP + LISTS];
        long bytes = 0;
        for (int i = 0; i < micros.length; i++) {
            long start = System.nanoTime();
            bytes = send(HttpRequest.newBuilder(URI.create(service + ENTRIES)), BodyHandlers.ofByteArray()).body().length;
            micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        }
        report("a list of %,d entries, %,d bytes".formatted(count, bytes), micros, WARM_UP);
        measureProcessor();
    }

    private void killAndWait() throws Exception {
        remote.forget();
        long killed = System.nanoTime();
        process.kill();
        Thread watching = Thread.startVirtualThread(process::watchHeap);
        double first = await(killed, "a first request", () -> !remote.seen.isEmpty());
        double asked = await(killed, "a request for every entry", () -> remote.seen.size() >= count);
        double loaded = await(killed, "all loaded", this::allLoaded);
        process.stopWatching();
        watching.join();
        System.out.printf(
                "after kill -9: first request after %.1f s, the last of %,d after %.1f s, all loaded after %.1f s%n",
                first, count, asked, loaded);
        remote.report("after kill -9");
        System.out.printf("greatest use of the heap meanwhile, garbage included: %.0f MB%n", process.mostHeap() / 1e6);
        process.report("when all are loaded");
    }

    private boolean allLoaded() throws Exception {
        List<String> states = STATE.matcher(get(service + ENTRIES).body())
                .results()
                .map(found -> found.group(1))
                .toList();
        return states.size() == count && states.stream().allMatch("loaded"::equals);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static double await(long since, String what, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not in time: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return secondsSince(since);
    }

    private static boolean holds(Condition condition) throws Exception {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    private String startFlow() throws Exception {
        Matcher found = FLOW_ID.matcher(post(FLOWS, "{\"handler\":\"many\"}"));
        if (!found.find()) {
            throw new IllegalStateException("no flow was started");
        }
        return found.group(1);
    }

    private String input(int account, String token) {
        return "{\"host\":\"%s\",\"api_token\":\"%s\"}".formatted(remote.address(account), token);
    }

    private HttpResponse<String> get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)), BodyHandlers.ofString());
    }

    private String post(String path, String json) throws Exception {
        return send(posting(path, json)).body();
    }

    /** Submits a step whose test fails, which is another form and no entry. */
    private void refused(String path, String json) throws Exception {
        String answer = post(path, json);
        if (!answer.contains("\"invalid_auth\"")) {
            throw new IllegalStateException("a guessed token is answered with " + answer);
        }
    }

    private HttpRequest.Builder posting(String path, String json) {
        return HttpRequest.newBuilder(URI.create(service + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws Exception {
        request.header("Authorization", "Bearer " + System.getenv("TOKEN"));
        HttpResponse<T> answer = http.send(request.build(), handler);
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + " answers " + answer.statusCode());
        }
        return answer;
    }

    private static void report(String what, long[] micros, int warmUp) {
        long[] counted = Arrays.copyOfRange(micros, warmUp, micros.length);
        Arrays.sort(counted);
        System.out.printf(
                "%s: p50 %.1f ms, p99 %.1f ms%n",
                what, counted[counted.length / 2] / 1e3, counted[counted.length * 99 / 100] / 1e3);
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
