package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import dev.latchkey.local.checker.history.Recorder;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Asks replicas, and writes down what was asked and how it ended. Thread-safe. */
final class Calls implements AutoCloseable {
    private static final Duration VERDICT_WITHIN = Duration.ofSeconds(3);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(12);

    /** After these it is certain that what was asked for did not happen. */
    private static final Set<Integer> NO = Set.of(400, 401, 403, 404, 410);

    private final Cluster cluster;
    private final Recorder recorder;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Map<Replica, Api> quick = new ConcurrentHashMap<>();
    private final Map<Replica, Api> patient = new ConcurrentHashMap<>();
    private final AtomicLong names = new AtomicLong();

    Calls(Cluster cluster, Recorder recorder) {
        this.cluster = cluster;
        this.recorder = recorder;
    }

    /**
     * What came back.
     *
     * @param answer null when nothing did
     */
    record Reply(Operation operation, Answer answer) {
        boolean ok() {
            return operation.ok();
        }
    }

    /** What to send. */
    @FunctionalInterface
    interface Request {
        Answer send(Api api) throws IOException;
    }

    /** Asks and writes down; a status of 200 is a yes. */
    Reply ask(Kind kind, String subject, Replica at, Request request) {
        return ask(kind, subject, at, request, answer -> outcome(answer.status()), answer -> null);
    }

    /** Asks for something that has a result only after a yes. */
    Reply ask(
            Kind kind,
            String subject,
            Replica at,
            Request request,
            Function<Answer, Outcome> judge,
            Function<Answer, String> result) {
        return ask(kind, subject, at, request, judge, result, null);
    }

    /**
     * Asks and writes down.
     *
     * @param judge what an answer means
     * @param result what came of it, asked only after a yes
     * @param meant what would have come of it; written down after anything else
     */
    Reply ask(
            Kind kind,
            String subject,
            Replica at,
            Request request,
            Function<Answer, Outcome> judge,
            Function<Answer, String> result,
            String meant) {
        var api = kind == Kind.VERIFY || kind == Kind.FOLLOW || kind == Kind.FORGE ? quick(at) : patient(at);
        var start = System.nanoTime();
        Answer answer;
        try {
            answer = request.send(api);
        } catch (IOException e) {
            answer = null;
        }
        var end = System.nanoTime();
        var outcome = answer == null ? Outcome.UNKNOWN : judge.apply(answer);
        var came = outcome == Outcome.OK ? result.apply(answer) : meant;
        var operation = new Operation(kind, subject, at.name(), start, end, outcome, came);
        recorder.add(operation);
        return new Reply(operation, answer);
    }

    /** Writes down what was done in another way. */
    void note(Operation operation) {
        recorder.add(operation);
    }

    static Outcome outcome(int status) {
        if (status == 200) {
            return Outcome.OK;
        }
        return NO.contains(status) ? Outcome.REFUSED : Outcome.UNKNOWN;
    }

    /** For what takes a database, an account or a device. */
    Api patient(Replica replica) {
        return patient.computeIfAbsent(replica, at -> api(at, ANSWER_WITHIN));
    }

    private Api quick(Replica replica) {
        return quick.computeIfAbsent(replica, at -> api(at, VERDICT_WITHIN));
    }

    private Api api(Replica replica, Duration patience) {
        return new Api(replica.url(), cluster.publicUrl() + "/", patience, http);
    }

    /** A name that nothing else in the history has. */
    String name(String prefix) {
        return prefix + names.incrementAndGet();
    }

    List<Replica> of(String service) {
        return cluster.of(service);
    }

    List<Replica> replicas() {
        return cluster.replicas();
    }

    String gatewaySecret() {
        return cluster.gatewaySecret();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
