package dev.latchkey.local.replica;

import static org.awaitility.Awaitility.await;

import dev.latchkey.local.LocalRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One replica of a service, asked directly what a token or a link is worth. */
record Verifier(String name, String url, String managementUrl) {
    static final String GATEWAY_SECRET = "the-gateway-secret-of-these-tests";

    private static final int CANNOT_TELL = 503;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    static List<Verifier> all(LocalRun run) throws IOException {
        return Stream.concat(
                        Stream.concat(of(run, "auth-service").stream(), of(run, "flow-service").stream()),
                        of(run, "signing-service").stream())
                .toList();
    }

    /** Both replicas of a service. */
    static List<Verifier> of(LocalRun run, String service) throws IOException {
        return List.of(one(run, service), one(run, service + "-2"));
    }

    private static Verifier one(LocalRun run, String name) throws IOException {
        return new Verifier(name, run.url(name), run.url(name + ".management"));
    }

    /** Tells whether it takes an access token of an administrator for good. */
    boolean accepts(String accessToken) throws IOException {
        return verdict(statusOf(accessToken));
    }

    /** As {@link #accepts}, but asks again for a while where it says that it cannot tell. */
    boolean acceptsOnceItCanTell(String accessToken) {
        var status = new AtomicInteger();
        await(name + " can tell")
                .ignoreExceptionsInstanceOf(IOException.class)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    status.set(statusOf(accessToken));
                    return status.get() != CANNOT_TELL;
                });
        return verdict(status.get());
    }

    private int statusOf(String accessToken) throws IOException {
        return name.startsWith("signing")
                ? decision("/files/hello.txt", "Authorization", "Bearer " + accessToken)
                : status(request(name.startsWith("flow") ? "/api/config/config_entries/entry" : "/api/")
                        .header("Authorization", "Bearer " + accessToken));
    }

    /** Tells whether a signing-service lets a link pass. */
    boolean lets(String link) throws IOException {
        return verdict(decision(link, "Accept", "*/*"));
    }

    /** A link of this signing-service's own. */
    String sign(String accessToken) throws IOException {
        var answer = send(request("/api/signed_paths")
                .header("Authorization", "Bearer " + accessToken)
                .POST(BodyPublishers.ofString("{\"path\":\"/files/hello.txt\",\"expires\":600}")));
        return answer.replaceFirst(".*\"path\":\"([^\"]*)\".*", "$1");
    }

    /** The value of a series, 0 when there is none. */
    double metric(String series) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(managementUrl + "/q/metrics")))
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private int decision(String target, String header, String value) throws IOException {
        return status(request("/authz/forward-auth")
                .header("X-Latchkey-Gateway", GATEWAY_SECRET)
                .header("X-Forwarded-Method", "GET")
                .header("X-Forwarded-Uri", target)
                .header(header, value));
    }

    private boolean verdict(int status) {
        if (status != 200 && status != 401) {
            throw new AssertionError(name + " answered " + status);
        }
        return status == 200;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10));
    }

    private static int status(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
