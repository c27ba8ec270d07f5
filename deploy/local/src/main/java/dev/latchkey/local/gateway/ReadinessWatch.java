package dev.latchkey.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Asks replicas again and again whether they are ready, so that one that has just started gets no request before it knows what
 * was revoked, and one that is frozen gets none for long.
 */
final class ReadinessWatch {
    private static final long EVERY_MS = 500;
    private static final long ANSWER_WITHIN_MS = 1_000;
    private static final int IDLE_SECONDS = 2;

    private ReadinessWatch() {}

    /** Begins to ask; ends with the Vert.x it is given. */
    static void start(Vertx vertx, Collection<Replica> replicas) {
        if (replicas.isEmpty()) {
            return;
        }
        var client = vertx.createHttpClient(
                new HttpClientOptions().setIdleTimeout(IDLE_SECONDS), new PoolOptions().setHttp1MaxSize(1));
        replicas.forEach(replica -> ask(vertx, client, replica));
    }

    private static void ask(Vertx vertx, HttpClient client, Replica replica) {
        var question = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(replica.management())
                .setHost(replica.management().host())
                .setPort(replica.management().port())
                .setURI("/q/health/ready")
                .setTimeout(ANSWER_WITHIN_MS);
        client.request(question)
                .compose(request -> request.send())
                .compose(answer -> answer.body().map(body -> answer.statusCode() == 200))
                // The request's own time ends with the head of the answer.
                .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
                .otherwise(false)
                .onSuccess(ready -> {
                    replica.ready(ready);
                    vertx.setTimer(EVERY_MS, again -> ask(vertx, client, replica));
                });
    }
}
