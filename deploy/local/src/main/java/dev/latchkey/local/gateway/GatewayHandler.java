package dev.latchkey.local.gateway;

import dev.latchkey.platform.http.RequestBody;
import dev.latchkey.platform.request.RequestTarget;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes one request through the gateway: refuse, route, tell the truth about the connection, pass on. */
final class GatewayHandler implements Handler<HttpServerRequest> {
    private static final String QUESTIONS = "/authz/";

    private final List<Route> routes;
    private final Map<Replicas, HttpProxy> proxies = new HashMap<>();
    private final WebSocketTunnel tunnel;
    private final WholeBody wholeBody;
    private final ForwardedHeaders forwardedHeaders;
    private final ProtectedFiles files;

    /** @param files null when there are none */
    GatewayHandler(
            List<Route> routes,
            HttpClient requests,
            WebSocketTunnel tunnel,
            WholeBody wholeBody,
            ForwardedHeaders forwardedHeaders,
            ProtectedFiles files) {
        this.routes = List.copyOf(routes);
        this.wholeBody = wholeBody;
        this.forwardedHeaders = forwardedHeaders;
        this.tunnel = tunnel;
        this.files = files;
        this.routes.forEach(route -> proxies.computeIfAbsent(route.service(), service -> proxyTo(service, requests)));
    }

    @Override
    public void handle(HttpServerRequest request) {
        var target = RequestTarget.parse(request.uri()).target();
        if (target.isEmpty()) {
            Answers.badTarget(request);
            return;
        }
        if (request.authority() == null || request.headers().getAll("host").size() != 1) {
            Answers.badHost(request);
            return;
        }
        // By the decoded path, as the services do, or a path written in another way would take another route.
        var path = target.get().path();
        var route = routes.stream().filter(r -> r.matches(path)).findFirst();
        if (route.isEmpty()) {
            if (files != null && path.startsWith(ProtectedFiles.PREFIX)) {
                forwardedHeaders.replace(request, false);
                files.handle(request);
            } else {
                Answers.notFound(request);
            }
            return;
        }
        forwardedHeaders.replace(request, path.startsWith(QUESTIONS));
        if (WebSocketTunnel.wanted(request)) {
            tunnel.open(request, route.get().service());
        } else {
            proxies.get(route.get().service()).handle(request);
        }
    }

    private HttpProxy proxyTo(Replicas service, HttpClient client) {
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> service.request(context.client(), new RequestOptions()))
                .addInterceptor(new ProxyInterceptor() {
                    @Override
                    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                        var request = context.request();
                        request.setAuthority(request.proxiedRequest().authority());
                        if (!RequestBody.isAnnounced(request.proxiedRequest())) {
                            request.setBody(null);
                            request.proxiedRequest().resume();
                            return send(context);
                        }
                        return wholeBody
                                .of(request.proxiedRequest())
                                .transform(read -> read.succeeded()
                                        ? send(context, read.result())
                                        : Future.succeededFuture(Answers.badBody(request, read.cause())));
                    }
                });
    }

    private static Future<ProxyResponse> send(ProxyContext context, Buffer body) {
        context.request().setBody(Body.body(body));
        return send(context);
    }

    private static Future<ProxyResponse> send(ProxyContext context) {
        return SafeRetry.of(context.request().proxiedRequest(), context::sendRequest)
                .recover(failure -> Future.succeededFuture(Answers.away(context.request())));
    }
}
