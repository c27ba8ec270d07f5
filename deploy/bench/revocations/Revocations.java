import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Measures from the answer of a revocation to the first refusal at each replica of each service. */
final class Revocations {

    private static final int SHOWN = 10;

    /** Between two questions of one asker: without it, those who ask take the processors from what they wait for. */
    private static final long SHORT_PAUSE_MILLIS = 1;

    /** The same where many ask for long. */
    private static final long LONG_PAUSE_MILLIS = 20;

    private static final int ROUNDS_WITHOUT_KAFKA = 8;
    private static final int REVOKED_IN_A_ROUND = 6;

    /** So that revocations fall before, at and after the moment from which silence counts. */
    private static final long PAUSE_IN_A_ROUND_MILLIS = 350;

    /** How long a refusal is waited for, many times what is promised. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How long Kafka may take to be there again. */
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Path run;
    private final Client client;
    private final List<Replica> auth;
    private final List<Replica> signing;
    private final List<Replica> verifiers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    private Revocations(Path run, Client client, String gatewaySecret) throws IOException {
        this.run = run;
        this.client = client;
        this.auth = Replica.of("auth-service", run, gatewaySecret);
        this.signing = Replica.of("signing-service", run, gatewaySecret);
        verifiers.addAll(auth);
        verifiers.addAll(Replica.of("flow-service", run, gatewaySecret));
        verifiers.addAll(signing);
    }

    /**
     * Measures and prints.
     *
     * @param args the home of the platform, name and password of its owner, the gateway's secret, how many revocations, how many
     *     other decisions a second meanwhile, and whether Kafka is {@code killed} or {@code kept}
     */
    public static void main(String[] args) throws Exception {
        Revocations bench = new Revocations(Path.of(args[0], "run"), new Client(args[1], args[2]), args[3]);
        int revocations = Integer.parseInt(args[4]);
        bench.show();
        if (args[6].equals("killed")) {
            bench.withoutKafka();
        } else {
            bench.speed(revocations, Integer.parseInt(args[5]));
        }
        System.exit(0);
    }

    /** Sockets and links on each replica, of a few grants. */
    private void show() throws Exception {
        Times times = new Times();
        for (int i = 0; i < SHOWN; i++) {
            Client.Tokens tokens = grants(1).getFirst();
            List<CompletableFuture<Long>> sockets = new ArrayList<>();
            for (Replica holder : auth) {
                sockets.add(client.socket(holder, tokens));
            }
            List<String> links = new ArrayList<>();
            for (Replica signer : signing) {
                links.add(client.link(signer, tokens));
            }
            for (Replica verifier : signing) {
                for (String link : links) {
                    mustPass(verifier, verifier.aboutLink(link));
                }
            }
            long answered = revoke(auth.get(i % auth.size()), tokens);
            List<Future<?>> asking = new ArrayList<>(askAll(tokens, answered, SHORT_PAUSE_MILLIS, times));
            for (Replica verifier : signing) {
                for (int link = 0; link < links.size(); link++) {
                    String what = "link of " + signing.get(link).name + " at " + verifier.name;
                    byte[] question = verifier.aboutLink(links.get(link));
                    asking.add(threads.submit(() -> untilRefused(verifier, question, what, answered, SHORT_PAUSE_MILLIS, times)));
                }
            }
            for (int holder = 0; holder < auth.size(); holder++) {
                times.refused(
                        "socket at " + auth.get(holder).name, sockets.get(holder).get(10, TimeUnit.SECONDS) - answered);
            }
            all(asking);
        }
        times.print("Tokens, links and sockets of " + SHOWN + " grants, one after the other; nothing else goes on:");
    }

    /** Tokens, while others are decided about. The first fifth is not counted: the JVM compiles as it goes. */
    private void speed(int revocations, int decisionsPerSecond) throws Exception {
        int uncounted = revocations / 5;
        List<Client.Tokens> grants = grants(revocations + uncounted);
        Client.Tokens kept = grants(1).getFirst();
        Times times = new Times();
        try (Load load = new Load(verifiers, kept.access(), decisionsPerSecond)) {
            long began = 0;
            for (int i = 0; i < grants.size(); i++) {
                if (i == uncounted) {
                    times = new Times();
                    began = System.nanoTime();
                }
                long answered = revoke(auth.get(i % auth.size()), grants.get(i));
                all(askAll(grants.get(i), answered, SHORT_PAUSE_MILLIS, times));
            }
            double perSecond = revocations / ((System.nanoTime() - began) / 1e9);
            times.print("%d revocations, %.0f a second, one after the other; %s:"
                    .formatted(revocations, perSecond, load.end()));
        }
        System.out.printf("%nWhat the services export of it, from the commit until it was known:%n%n");
        System.out.printf("| %-17s | %6s | %10s | %10s | %9s |%n|---|--:|--:|--:|--:|%n", "", "n", "50 %", "99 %", "longest");
        for (Replica verifier : verifiers) {
            System.out.println(verifier.exported());
        }
    }

    /** Tokens, each time right after Kafka was killed; the launcher starts it again. */
    private void withoutKafka() throws Exception {
        Times times = new Times();
        for (int round = 0; round < ROUNDS_WITHOUT_KAFKA; round++) {
            List<Client.Tokens> grants = grants(REVOKED_IN_A_ROUND);
            List<Future<?>> asking = new ArrayList<>();
            killKafka();
            for (int i = 0; i < grants.size(); i++) {
                long answered = revoke(auth.get(i % auth.size()), grants.get(i));
                asking.addAll(askAll(grants.get(i), answered, LONG_PAUSE_MILLIS, times));
                TimeUnit.MILLISECONDS.sleep(PAUSE_IN_A_ROUND_MILLIS);
            }
            all(asking);
            awaitHearing();
        }
        times.print("%d times Kafka was killed and %d grants revoked in the %d ms after it:"
                .formatted(ROUNDS_WITHOUT_KAFKA, REVOKED_IN_A_ROUND, REVOKED_IN_A_ROUND * PAUSE_IN_A_ROUND_MILLIS));
    }

    private void killKafka() throws IOException {
        long pid = Long.parseLong(Files.readString(run.resolve("kafka.pid")).split(" ")[0]);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private void awaitHearing() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_NANOS;
        for (Replica verifier : verifiers) {
            while (!verifier.hears()) {
                if (System.nanoTime() > end) {
                    throw new IOException(verifier.name + " does not hear of revocations again");
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    /** Grants whose tokens every verifier knows. */
    private List<Client.Tokens> grants(int count) throws Exception {
        List<Future<Client.Tokens>> signIns = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, count)
                    .forEach(i -> signIns.add(people.submit(() -> client.signIn(auth.get(i % auth.size())))));
        }
        List<Client.Tokens> grants = new ArrayList<>();
        for (Future<Client.Tokens> signIn : signIns) {
            grants.add(signIn.get());
        }
        for (Client.Tokens tokens : grants) {
            for (Replica verifier : verifiers) {
                mustPass(verifier, verifier.aboutToken(tokens.access()));
            }
        }
        return grants;
    }

    private static void mustPass(Replica verifier, byte[] question) throws IOException {
        int status = verifier.ask(question);
        if (status != 200) {
            throw new IOException(verifier.name + " refuses what is good, with " + status);
        }
    }

    /** Returns when the answer was there, of {@link System#nanoTime()}. */
    private static long revoke(Replica auth, Client.Tokens tokens) throws IOException {
        int status = auth.ask(Wire.request(
                "POST",
                "/auth/revoke",
                "token=" + URLEncoder.encode(tokens.refresh(), StandardCharsets.UTF_8),
                "Content-Type: application/x-www-form-urlencoded"));
        long answered = System.nanoTime();
        if (status != 200) {
            throw new IOException("the revocation was answered with " + status);
        }
        return answered;
    }

    private List<Future<?>> askAll(Client.Tokens tokens, long answered, long pauseMillis, Times times) {
        List<Future<?>> asking = new ArrayList<>();
        for (Replica verifier : verifiers) {
            byte[] question = verifier.aboutToken(tokens.access());
            asking.add(threads.submit(() ->
                    untilRefused(verifier, question, "token at " + verifier.name, answered, pauseMillis, times)));
        }
        return asking;
    }

    private static Void untilRefused(
            Replica verifier, byte[] question, String what, long answered, long pauseMillis, Times times)
            throws Exception {
        while (true) {
            long asked = System.nanoTime();
            int status = verifier.ask(question);
            if (status != 200) {
                times.refused(what, System.nanoTime() - answered);
                if (status != 401) {
                    times.odd(what, status);
                }
                return null;
            }
            times.accepted(what, asked - answered);
            if (asked - answered > PATIENCE_NANOS) {
                throw new IOException("%s: let in %d s after the revocation".formatted(what, (asked - answered) / 1_000_000_000));
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
    }

    private static void all(List<Future<?>> futures) throws Exception {
        for (Future<?> future : futures) {
            future.get();
        }
    }
}
