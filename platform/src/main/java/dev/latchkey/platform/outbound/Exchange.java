package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundResult.BodyEnd;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One request on the wire: connects to the one address it was given, follows redirects there if asked to, and reports exactly
 * once. Every entry point is synchronized because the deadline may strike from another thread.
 */
final class Exchange {

    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_HEADERS = 100;
    private static final Set<String> NOT_THE_CALLERS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect");

    private final HttpClient client;
    private final OutboundRequest order;
    private final SameOriginRedirects redirects;
    private final Consumer<OutboundResult> report;
    private final long deadlineNanos;

    private WebAddress target;
    private InetAddress address;
    private int hops;
    private boolean done;
    private HttpClientRequest request;
    private HttpClientResponse response;
    private BodyCollector body;

    Exchange(HttpClient client, OutboundRequest order, SameOriginRedirects redirects, Consumer<OutboundResult> report) {
        this.client = client;
        this.order = order;
        this.redirects = redirects;
        this.report = report;
        this.deadlineNanos = System.nanoTime() + order.timeout().toNanos();
    }

    /** Connects to {@code checked}, whatever the name would resolve to now. */
    synchronized void start(WebAddress to, InetAddress checked) {
        if (done) {
            return;
        }
        target = to;
        address = checked;
        response = null;
        body = null;
        try {
            client.request(options()).onComplete(got -> {
                if (got.succeeded()) {
                    onConnected(got.result());
                } else {
                    fail(Failures.connecting(got.cause()));
                }
            });
        } catch (RuntimeException e) {
            fail(Failure.BAD_RESPONSE);
        }
    }

    /** The time is up: what has come so far is all there is. */
    synchronized void onDeadline() {
        if (body != null) {
            finishBody(BodyEnd.TIMED_OUT);
        } else {
            fail(Failure.TIMEOUT);
        }
    }

    synchronized void fail(Failure why) {
        finish(new Failed(why));
    }

    private synchronized void onConnected(HttpClientRequest connected) {
        if (done) {
            connected.connection().close();
            return;
        }
        request = connected;
        (order.body() == null ? connected.send() : connected.send(order.body())).onComplete(got -> {
            if (got.succeeded()) {
                onResponse(got.result());
            } else {
                fail(Failures.answering(got.cause()));
            }
        });
    }

    private synchronized void onResponse(HttpClientResponse got) {
        if (done) {
            return;
        }
        if (got.headers().entries().size() > MOST_HEADERS) {
            fail(Failure.BAD_RESPONSE);
            return;
        }
        if (order.followSameOrigin() && hops < MOST_REDIRECTS) {
            var next = redirects.next(
                    order.method(), target, got.statusCode(), got.headers().getAll("location"));
            if (next.isPresent()) {
                hops++;
                request.connection().close();
                start(next.get(), address);
                return;
            }
        }
        response = got;
        var collector = BodyCollector.forCoding(got.getHeader("content-encoding"), order.maxBytes());
        if (collector.isEmpty()) {
            fail(Failure.UNKNOWN_CODING);
            return;
        }
        body = collector.get();
        got.handler(this::onChunk);
        got.endHandler(end -> finishBody(BodyEnd.COMPLETE));
        got.exceptionHandler(broken -> onBroken(got));
    }

    private synchronized void onChunk(Buffer chunk) {
        if (!done && body.add(chunk)) {
            finishBody(BodyEnd.CUT);
        }
    }

    private synchronized void onBroken(HttpClientResponse which) {
        if (which == response) {
            finishBody(BodyEnd.BROKEN_OFF);
        }
    }

    private synchronized void finishBody(BodyEnd end) {
        if (done) {
            return;
        }
        BodyCollector.Body read = body.body(end);
        finish(new Response(response.statusCode(), headers(), read.bytes(), read.end(), url(target), hops > 0));
    }

    private void finish(OutboundResult result) {
        if (done) {
            return;
        }
        done = true;
        if (request != null) {
            request.connection().close();
        }
        report.accept(result);
    }

    private RequestOptions options() {
        long left = Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(order.method()))
                .setSsl(target.isHttps())
                .setHost(target.connectHost())
                .setPort(target.port())
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setURI((target.path().isEmpty() ? "/" : target.path()) + target.query())
                .setConnectTimeout(left)
                .setFollowRedirects(false);
        order.headers().forEach((name, value) -> {
            if (!NOT_THE_CALLERS.contains(name.toLowerCase(Locale.ROOT))) {
                options.putHeader(name, value);
            }
        });
        return options.putHeader("Accept-Encoding", "identity").putHeader("Host", hostHeader());
    }

    private String hostHeader() {
        String host = target.host().startsWith("[") ? target.host() : target.connectHost();
        return target.portText().length() > 1 ? host + ":" + target.port() : host;
    }

    private HttpHeaders headers() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers()
                .names()
                .forEach(name -> all.put(name, response.headers().getAll(name)));
        return HttpHeaders.of(all, (name, value) -> true);
    }

    private static String url(WebAddress of) {
        return of.scheme() + "://" + of.authority() + of.path() + of.query();
    }
}
