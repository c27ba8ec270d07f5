package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import dev.latchkey.platform.outbound.OutboundResult.Refused;
import dev.latchkey.platform.outbound.Shares.Share;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

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

    /** The exchange and the look-up of its name. */
    private static final int HOLDERS_OF_A_SHARE = 2;

    private final Vertx vertx;
    private final HttpClient client;
    private final HttpClient trusting;
    private final HostResolver resolver;
    private final AddressGuard guard;
    private final OwnEndpoints own;
    private final Shares shares;
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
        this.own = new OwnEndpoints(policy.ownEndpoints(), resolver, Clock.systemUTC());
        this.shares = new Shares(policy.limits());
        HttpClientOptions options = tls.setProtocolVersion(HttpVersion.HTTP_1_1)
                .setVerifyHost(true)
                .setKeepAlive(false)
                .setMaxPoolSize(policy.limits().inAll())
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setDecompressionSupported(false)
                .setProxyOptions(null);
        this.client = vertx.createHttpClient(options);
        this.trusting = vertx.createHttpClient(
                new HttpClientOptions(options).setTrustAll(true).setVerifyHost(false));
        // Platform threads: a look-up blocks in native code, where it would hold a virtual thread's carrier. Their
        // number is
        // bounded by the shares, which a look-up holds until it returns.
        this.resolving = Executors.newCachedThreadPool(
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
        return send(request, null);
    }

    /**
     * As {@link #send(OutboundRequest)}, counted against the share of a client. A name whose look-up outlives the request's
     * timeout counts until the look-up ends.
     *
     * @param requester for whom the request is made; null for nobody
     */
    public CompletableFuture<OutboundResult> send(OutboundRequest request, OnBehalfOf requester) {
        Optional<WebAddress> target = WebAddress.parse(request.url());
        Optional<Refusal> refusal =
                target.isEmpty() ? Optional.of(Refusal.INVALID_URL) : guard.beforeResolving(target.get());
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(new Refused(refusal.get()));
        }
        Optional<Share> taken = shares.take(target.get().connectHost(), requester, HOLDERS_OF_A_SHARE);
        if (taken.isEmpty()) {
            return CompletableFuture.completedFuture(new Refused(Refusal.BUSY));
        }
        Share share = taken.get();
        CompletableFuture<OutboundResult> result = new CompletableFuture<>();
        Exchange exchange = new Exchange(
                request.verifyTls() ? client : trusting, request, new SameOriginRedirects(guard), result::complete);
        long timer = vertx.setTimer(request.timeout().toMillis(), strikes -> exchange.onDeadline());
        // What the caller gets completes after the share is let go, so that its next request finds the room.
        CompletableFuture<OutboundResult> reported = result.whenComplete((done, never) -> {
            share.letGo();
            vertx.cancelTimer(timer);
        });
        try {
            resolving.execute(() -> {
                try {
                    resolveAndStart(target.get(), exchange, result);
                } finally {
                    share.letGo();
                }
            });
        } catch (RejectedExecutionException e) {
            share.letGo();
            result.complete(new Refused(Refusal.BUSY));
        }
        return reported;
    }

    /** Ends all connections; requests under way end as failed. */
    @Override
    public void close() {
        resolving.shutdownNow();
        client.close();
        trusting.close();
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
            Optional<Refusal> refusal = own.contain(target, answers)
                    ? Optional.of(Refusal.OWN_ADDRESS)
                    : guard.afterResolving(target, answers);
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
