package dev.latchkey.local.gateway;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.request.RequestTarget;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reverse proxy, listening. Everything it holds is bounded: headers, bodies, connections, waiting requests, silence. */
public final class Gateway implements AutoCloseable {
    private static final int LARGEST_HEADERS_BYTES = 16 * 1024;
    /** The longest target that is read, with a method and the version of HTTP around it. */
    private static final int LONGEST_REQUEST_LINE_BYTES = RequestTarget.MAX_LENGTH + 64;

    private static final int LONGEST_SILENCE_SECONDS = 120;
    private static final int CONNECT_TIMEOUT_MS = 1_500;
    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_WAITING = 2_048;
    private static final int MOST_TUNNELS = 4_096;

    private final Vertx vertx;
    private final HttpClient requests;

    private Gateway(Vertx vertx, HttpClient requests) {
        this.vertx = vertx;
        this.requests = requests;
    }

    /**
     * Opens the gateway.
     *
     * @param host address to listen on
     * @param port TCP port, not 0
     * @param routes the first that matches a path wins; a path without one is answered with 404
     * @param trustedProxies who is believed about the address of the client that it passes requests on of
     * @throws BindException when the address or port is not to be had
     */
    public static Gateway open(String host, int port, List<Route> routes, Networks trustedProxies)
            throws BindException {
        return open(host, port, routes, null, trustedProxies);
    }

    /**
     * Opens a gateway that also has files, for whoever may see them.
     *
     * @param files null for none
     * @see #open(String, int, List, Networks)
     */
    public static Gateway open(String host, int port, List<Route> routes, FileSettings files, Networks trustedProxies)
            throws BindException {
        return open(host, port, routes, files, trustedProxies, Limits.USUAL);
    }

    static Gateway open(
            String host, int port, List<Route> routes, FileSettings files, Networks trustedProxies, Limits limits)
            throws BindException {
        var loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setInternalBlockingPoolSize(4)
                .setWorkerPoolSize(4));
        var requests = client(vertx, MOST_CONNECTIONS, MOST_WAITING);
        var server = serverOptions(host, port);
        var crowd = new Crowd(limits, trustedProxies::contains);
        var tunnel = new WebSocketTunnel(client(vertx, MOST_TUNNELS, 0), crowd::left);
        var wholeBody = new WholeBody(vertx, limits);
        var headers = new ForwardedHeaders(trustedProxies);
        ReadinessWatch.start(vertx, toWatch(routes, files));
        try {
            vertx.deployVerticle(
                            () -> new Loop(
                                    server,
                                    new GatewayHandler(
                                            routes,
                                            requests,
                                            tunnel,
                                            wholeBody,
                                            headers,
                                            files == null ? null : new ProtectedFiles(vertx, requests, files)),
                                    crowd),
                            new DeploymentOptions().setInstances(loops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new Gateway(vertx, requests);
        } catch (CompletionException e) {
            vertx.close();
            throw unavailable(e);
        }
    }

    private static BindException unavailable(CompletionException e) {
        var unavailable = new BindException(String.valueOf(e.getCause().getMessage()));
        unavailable.initCause(e.getCause());
        return unavailable;
    }

    /**
     * Opens a port of 127.0.0.1 on which the platform's own services reach one of them, whichever of its replicas is ready.
     * What they send is passed on as it is, but for {@code Host}.
     *
     * @throws BindException when the port is not to be had
     */
    public void openToServices(int port, Replicas service) throws BindException {
        var proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), requests)
                .origin(context -> service.request(requests, new RequestOptions()));
        try {
            vertx.createHttpServer(serverOptions("127.0.0.1", port))
                    .requestHandler(proxy)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw unavailable(e);
        }
    }

    /** Stops listening and cuts what is open; returns within 2 s. */
    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The process ends now; the kernel closes what is left.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<Replica> toWatch(List<Route> routes, FileSettings files) {
        return Stream.concat(
                        routes.stream().map(Route::service),
                        Stream.ofNullable(files).map(FileSettings::decisions))
                .flatMap(service -> service.toWatch().stream())
                .collect(Collectors.toSet());
    }

    private static HttpServerOptions serverOptions(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxHeaderSize(LARGEST_HEADERS_BYTES)
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE_BYTES)
                .setIdleTimeout(LONGEST_SILENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false);
    }

    private static HttpClient client(Vertx vertx, int connections, int waiting) {
        var options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setIdleTimeout(LONGEST_SILENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setKeepAliveTimeout(30)
                .setMaxHeaderSize(4 * LARGEST_HEADERS_BYTES)
                .setMaxWaitQueueSize(waiting)
                .setTcpNoDelay(true);
        return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
    }

    private static final class Loop extends AbstractVerticle {
        private final HttpServerOptions options;
        private final GatewayHandler handler;
        private final Crowd crowd;

        private Loop(HttpServerOptions options, GatewayHandler handler, Crowd crowd) {
            this.options = options;
            this.handler = handler;
            this.crowd = crowd;
        }

        @Override
        public void start(Promise<Void> started) {
            Future<Void> listening = vertx.createHttpServer(options)
                    .connectionHandler(crowd::admit)
                    .requestHandler(handler)
                    .listen()
                    .mapEmpty();
            listening.onComplete(started);
        }
    }
}
