package dev.latchkey.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.function.Consumer;

/**
 * WebSocket upgrades, passed on as they are.
 *
 * <p>After the handshake bytes go both ways under back-pressure, so neither a large frame nor a slow reader costs the
 * gateway memory; how large a frame may be is for the service to say. The proxy library's own tunnel knows no
 * back-pressure and loses the answer of a service that refuses.
 */
final class WebSocketTunnel {
    private static final List<String> HOP_BY_HOP = List.of("connection", "keep-alive", "transfer-encoding", "upgrade");

    private final HttpClient client;
    private final Consumer<HttpConnection> ended;

    /**
     * @param client for connections to services
     * @param ended is told of a client's connection that was a tunnel and has ended
     */
    WebSocketTunnel(HttpClient client, Consumer<HttpConnection> ended) {
        this.client = client;
        this.ended = ended;
    }

    static boolean wanted(HttpServerRequest request) {
        return request.method() == HttpMethod.GET && "websocket".equalsIgnoreCase(request.getHeader("upgrade"));
    }

    void open(HttpServerRequest request, Replicas service) {
        request.pause();
        service.request(client, new RequestOptions().setURI(request.uri()))
                .compose(upstream -> connect(upstream, request))
                .compose(answer -> answer.statusCode() == 101 ? join(request, answer) : refuse(request, answer))
                .onFailure(failure -> {
                    request.resume();
                    Answers.away(request);
                });
    }

    private static Future<HttpClientResponse> connect(HttpClientRequest upstream, HttpServerRequest request) {
        upstream.authority(request.authority());
        copy(request.headers(), upstream.headers());
        upstream.headers().remove("host").remove("content-length");
        upstream.putHeader("connection", "Upgrade").putHeader("upgrade", "websocket");
        return upstream.connect();
    }

    private Future<Void> join(HttpServerRequest request, HttpClientResponse answer) {
        var service = answer.netSocket();
        service.pause();
        var connection = request.connection();
        var response = request.response().setStatusCode(101);
        copy(answer.headers(), response.headers());
        response.putHeader("connection", "Upgrade").putHeader("upgrade", "websocket");
        return request.toNetSocket()
                .onSuccess(client -> {
                    pass(client, service);
                    pass(service, client);
                    client.closeHandler(closed -> {
                        ended.accept(connection);
                        service.close();
                    });
                })
                .onFailure(failure -> service.close())
                .mapEmpty();
    }

    private static void pass(NetSocket from, NetSocket to) {
        from.exceptionHandler(failure -> to.close());
        from.closeHandler(closed -> to.close());
        from.pipeTo(to).onFailure(failure -> to.close());
    }

    private static Future<Void> refuse(HttpServerRequest request, HttpClientResponse answer) {
        request.resume();
        var response = request.response().setStatusCode(answer.statusCode());
        copy(answer.headers(), response.headers());
        if (answer.getHeader("content-length") == null) {
            response.setChunked(true);
        }
        return answer.pipeTo(response);
    }

    private static void copy(MultiMap from, MultiMap to) {
        from.forEach(header -> to.add(header.getKey(), header.getValue()));
        HOP_BY_HOP.forEach(to::remove);
    }
}
