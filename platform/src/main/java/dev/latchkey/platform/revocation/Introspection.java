package dev.latchkey.platform.revocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.token.TokenDigest;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Asks auth-service what a token is worth by the authoritative row (RFC 7662; decision R4). Many may ask at once: those who ask
 * for the same token share the question, a bounded number of questions is under way and as many wait, and an auth-service that
 * fails is left alone for a moment. Every failure is a no. Nothing is remembered. Never blocks.
 */
public final class Introspection {

    private static final Logger LOG = Logger.getLogger(Introspection.class);
    private static final Duration DEADLINE = Duration.ofMillis(1500);
    private static final int AT_ONCE = 64;
    private static final int WAITING = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The {@code token_type_hint} of a question about a grant; understood by auth-service alone. */
    private static final String GRANT_ID = "latchkey_grant_id";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(DEADLINE)
            .build();

    private final TypedGuard<CompletionStage<Boolean>> guard = TypedGuard.create(
                    new TypeLiteral<CompletionStage<Boolean>>() {})
            .withDescription("introspection")
            .withBulkhead()
            .limit(AT_ONCE)
            .queueSize(WAITING)
            .done()
            .withCircuitBreaker()
            .requestVolumeThreshold(20)
            .failureRatio(0.5)
            .delay(1, ChronoUnit.SECONDS)
            .done()
            .withTimeout()
            .duration(DEADLINE.toMillis(), ChronoUnit.MILLIS)
            .done()
            .build();

    private final Map<TokenDigest, CompletableFuture<GrantStatus>> underWay = new ConcurrentHashMap<>();
    private final URI endpoint;
    private final String credential;
    private final MeterRegistry metrics;

    /**
     * @param authUrl where auth-service is reached, without a slash at the end
     * @param credential by which the services know each other
     */
    public Introspection(URI authUrl, String credential, MeterRegistry metrics) {
        this.endpoint = URI.create(authUrl + "/auth/introspect");
        this.credential = credential;
        this.metrics = metrics;
    }

    /**
     * Tells whether a token is active.
     *
     * @param compact the token
     * @return never completes exceptionally; false also when nobody answers in time
     */
    public CompletionStage<Boolean> isActive(String compact) {
        return standing(form("token", compact)).thenApply(standing -> standing == GrantStatus.LIVE);
    }

    /**
     * Tells whether a grant stands, of which only the id is known.
     *
     * @return never completes exceptionally; {@link GrantStatus#STALE} when nobody answers in time
     */
    public CompletionStage<GrantStatus> standingOf(String grantId) {
        return standing(form("token", grantId) + "&" + form("token_type_hint", GRANT_ID));
    }

    private CompletionStage<GrantStatus> standing(String question) {
        TokenDigest digest = TokenDigest.of(question);
        CompletableFuture<GrantStatus> own = new CompletableFuture<>();
        CompletableFuture<GrantStatus> others = underWay.putIfAbsent(digest, own);
        if (others != null) {
            return others;
        }
        CompletionStage<Boolean> answer;
        try {
            answer = guard.call(() -> ask(question));
        } catch (Exception e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((active, failure) -> {
            underWay.remove(digest);
            if (failure != null) {
                LOG.debugf("auth-service could not be asked about a token, which is refused: %s", failure);
            }
            String outcome = failure != null ? "failed" : active ? "active" : "inactive";
            metrics.counter("latchkey.revocations.introspections", "outcome", outcome)
                    .increment();
            own.complete(failure != null ? GrantStatus.STALE : active ? GrantStatus.LIVE : GrantStatus.REVOKED);
        });
        return own;
    }

    private CompletionStage<Boolean> ask(String question) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(question))
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Introspection::active);
    }

    private static String form(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static boolean active(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("auth-service answered " + answer.statusCode());
        }
        try {
            JsonNode active = JSON.readTree(answer.body()).path("active");
            if (!active.isBoolean()) {
                throw new IllegalStateException("auth-service did not say whether a token is active");
            }
            return active.booleanValue();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
