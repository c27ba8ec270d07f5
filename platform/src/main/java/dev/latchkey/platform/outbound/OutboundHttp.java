package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import dev.latchkey.platform.outbound.OutboundResult.Refused;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Requests addresses that somebody else chose, without becoming that somebody's tool (server-side request forgery).
 *
 * <p>The name is resolved once; all answers are judged (RFC 6890 special-use addresses, the deployment's allowed networks); the
 * connection goes to an address that was judged, while {@code Host}, SNI and the certificate check keep the name. One attempt,
 * one deadline, a bounded body, no cookies, no proxy (neither from the environment nor from system properties), no kept
 * connections. Thread-safe.
 */
public final class OutboundHttp implements AutoCloseable {

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final HostResolver resolver;
    private final AddressGuard guard;
    private final Semaphore permits;
    private final ExecutorService resolving;

    /**
     * @param vertx runs the connections; it is not closed here
     * @param policy what may be reached
     * @param resolver resolves names, {@link HostResolver#SYSTEM} outside tests
     */
    public OutboundHttp(Vertx vertx, OutboundPolicy policy, HostResolver resolver) {
        this(vertx, policy, resolver, new HttpClientOptions());
    }

    /** For tests: {@code tls} may bring trust in a certificate made for the test. */
    OutboundHttp(Vertx vertx, OutboundPolicy policy, HostResolver resolver, HttpClientOptions tls) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.guard = new AddressGuard(policy);
        this.permits = new Semaphore(policy.maxConcurrent());
        this.client = vertx.createHttpClient(tls.setProtocolVersion(HttpVersion.HTTP_1_1)
                .setVerifyHost(true)
                .setKeepAlive(false)
                .setMaxPoolSize(policy.maxConcurrent())
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setDecompressionSupported(false)
                .setProxyOptions(null));
        // Platform threads: a look-up blocks in native code, where it would hold a virtual thread's carrier.
        this.resolving = new ThreadPoolExecutor(
                0,
                policy.maxConcurrent(),
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("outbound-resolve-", 0).factory());
    }

    /**
     * Makes a request. Does not block and never throws; nothing is sent when the answer is {@link Refused}.
     *
     * @param request what to request, not null
     * @return the result within the request's timeout; it never completes exceptionally. Dependent stages may run on an event
     *     loop: continue with an {@code …Async} method if they take time
     */
    public CompletableFuture<OutboundResult> send(OutboundRequest request) {
        Optional<WebAddress> target = WebAddress.parse(request.url());
        Optional<Refusal> refusal =
                target.isEmpty() ? Optional.of(Refusal.INVALID_URL) : guard.beforeResolving(target.get());
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(new Refused(refusal.get()));
        }
        if (!permits.tryAcquire()) {
            return CompletableFuture.completedFuture(new Refused(Refusal.BUSY));
        }
        CompletableFuture<OutboundResult> result = new CompletableFuture<>();
        Exchange exchange = new Exchange(client, request, new SameOriginRedirects(guard), result::complete);
        long timer = vertx.setTimer(request.timeout().toMillis(), strikes -> exchange.onDeadline());
        result.whenComplete((done, never) -> {
            permits.release();
            vertx.cancelTimer(timer);
        });
        try {
            resolving.execute(() -> resolveAndStart(target.get(), exchange, result));
        } catch (RejectedExecutionException e) {
            result.complete(new Refused(Refusal.BUSY));
        }
        return result.copy();
    }

    /** Ends all connections; requests under way end as failed. */
    @Override
    public void close() {
        resolving.shutdownNow();
        client.close();
    }

    private void resolveAndStart(WebAddress target, Exchange exchange, CompletableFuture<OutboundResult> result) {
        try {
            List<InetAddress> answers = target.literal().isPresent()
                    ? List.of(target.literal().get())
                    : List.copyOf(resolver.resolve(target.connectHost()));
            if (answers.isEmpty()) {
                exchange.fail(Failure.UNKNOWN_HOST);
                return;
            }
            Optional<Refusal> refusal = guard.afterResolving(target, answers);
            if (refusal.isPresent()) {
                result.complete(new Refused(refusal.get()));
                return;
            }
            exchange.start(target, answers.getFirst());
        } catch (UnknownHostException | RuntimeException e) {
            exchange.fail(Failure.UNKNOWN_HOST);
        }
    }
}
