package dev.latchkey.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The replicas of one service, which take turns. One that is not ready is passed over, and one that cannot be connected to until
 * it says that it is ready again; when none is, each is tried all the same. Thread-safe.
 */
public final class Replicas {
    private final List<Replica> all;
    private final AtomicInteger turn = new AtomicInteger();

    private Replicas(List<Replica> all) {
        this.all = List.copyOf(all);
    }

    /** A service that listens on one port of 127.0.0.1, ready or not. */
    public static Replicas atPort(int port) {
        return new Replicas(List.of(Replica.at(port, 0)));
    }

    /**
     * A service of which several run.
     *
     * @param ports on 127.0.0.1, one of each
     * @param managementPorts where each says whether it is ready, in the same order
     */
    public static Replicas atPorts(List<Integer> ports, List<Integer> managementPorts) {
        return new Replicas(IntStream.range(0, ports.size())
                .mapToObj(i -> Replica.at(ports.get(i), managementPorts.get(i)))
                .toList());
    }

    /** Those between which there is a choice. */
    List<Replica> toWatch() {
        return all.size() > 1 ? all : List.of();
    }

    /**
     * Begins a request to the next replica that can be connected to. Nothing has been sent when the result is there.
     *
     * @param options of the request, without an address
     * @return fails as the last attempt did when there is none
     */
    Future<HttpClientRequest> request(HttpClient client, RequestOptions options) {
        return request(client, options, inTurn().iterator());
    }

    private Future<HttpClientRequest> request(HttpClient client, RequestOptions options, Iterator<Replica> candidates) {
        var replica = candidates.next();
        // The client's pools are per host it is given, so it gets the replica's; Host is set on the request itself.
        var addressed = new RequestOptions(options)
                .setServer(replica.address())
                .setHost(replica.address().host())
                .setPort(replica.address().port());
        return client.request(addressed).recover(failure -> {
            if (failure instanceof ConnectException) {
                replica.ready(false);
            }
            return candidates.hasNext() ? request(client, options, candidates) : Future.failedFuture(failure);
        });
    }

    /** Those that are ready, beginning with whose turn it is, then the others, in case that none of those can be reached. */
    private List<Replica> inTurn() {
        if (all.size() == 1) {
            return all;
        }
        var ready = all.stream().filter(Replica::ready).toList();
        var first = turn.getAndIncrement();
        return Stream.concat(rotate(ready, first), rotate(all, first).filter(replica -> !ready.contains(replica)))
                .toList();
    }

    private static Stream<Replica> rotate(List<Replica> replicas, int first) {
        return IntStream.range(0, replicas.size())
                .mapToObj(i -> replicas.get(Math.floorMod(first + i, replicas.size())));
    }
}
