package dev.latchkey.platform.revocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.bearer.GrantStatus;
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
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Asks auth-service what a token is worth by the authoritative row (RFC 7662; decision R4). Many may ask at once: those who ask
 * for the same token share the question, a bounded number of questions is under way and as many wait, and an auth-service that
 * fails is left alone for a moment. Every failure leaves it open, which lets nobody in. Nothing is remembered. Never blocks.
 */
public final class Introspection {

    private static final Logger LOG = Logger.getLogger(Introspection.class);
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    /** How long others may join a question: it may have been answered already when they come. */
    private static final Duration SHARED_FOR = Duration.ofMillis(200);

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

    /** A question that is under way since a moment by {@link System#nanoTime()}. */
    private record Question(long askedAt, CompletableFuture<GrantStatus> answer) {}

    private final Map<TokenDigest, Question> underWay = new ConcurrentHashMap<>();
    private final URI endpoint;
    private final String credential;
    private final MeterRegistry metrics;
    private final LongSupplier nanoTime;

    /**
     * @param authUrl where auth-service is reached, without a slash at the end
     * @param credential by which the services know each other
     */
    public Introspection(URI authUrl, String credential, MeterRegistry metrics) {
        this(authUrl, credential, metrics, System::nanoTime);
    }

    Introspection(URI authUrl, String credential, MeterRegistry metrics, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.endpoint = URI.create(authUrl + "/auth/introspect");
        this.credential = credential;
        this.metrics = metrics;
    }

    /**
     * Tells whether a token is active.
     *
     * @param compact the token
     * @return never completes exceptionally; {@link GrantStatus#STALE} when nobody answers in time
     */
    public CompletionStage<GrantStatus> standingOfToken(String compact) {
        return standing(form("token", compact));
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
        Question own = new Question(nanoTime.getAsLong(), new CompletableFuture<>());
        Question others = underWay.putIfAbsent(digest, own);
        if (others != null && own.askedAt() - others.askedAt() < SHARED_FOR.toNanos()) {
            return others.answer();
        }
        if (others != null) {
            underWay.replace(digest, others, own);
        }
        CompletionStage<Boolean> answer;
        try {
            answer = guard.call(() -> ask(question));
        } catch (Exception e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((active, failure) -> {
            underWay.remove(digest, own);
            if (failure != null) {
                LOG.debugf("auth-service could not be asked about a token, which is refused: %s", failure);
            }
            String outcome = failure != null ? "failed" : active ? "active" : "inactive";
            metrics.counter("latchkey.revocations.introspections", "outcome", outcome)
                    .increment();
            own.answer().complete(failure != null ? GrantStatus.STALE : status(active, own));
        });
        return own.answer();
    }

    /** This process may have been paused since it asked: that a token was active then says nothing of now. */
    private GrantStatus status(boolean active, Question question) {
        if (!active) {
            return GrantStatus.REVOKED;
        }
        return nanoTime.getAsLong() - question.askedAt() <= DEADLINE.toNanos() ? GrantStatus.LIVE : GrantStatus.STALE;
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
