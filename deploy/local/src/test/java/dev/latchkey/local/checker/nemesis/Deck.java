package dev.latchkey.local.checker.nemesis;

import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.cluster.Link;
import dev.latchkey.local.checker.cluster.Replica;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What there is to break. Every kind comes once before any comes again; which replica it hits is drawn anew. */
final class Deck {
    /** The broker writes down how far it is every five seconds, and ends when it cannot. */
    private static final int UNTIL_THE_BROKER_NOTICES_MS = 6_000;

    private static final List<String> SERVERS = List.of(Cluster.KAFKA, Cluster.POSTGRES);

    private final Cluster cluster;
    private final Random random;
    private final boolean outagesAlone;
    private final List<Card> cards = new ArrayList<>();

    /** @param outagesAlone only what keeps verifiers from hearing of revocations while they can be asked */
    Deck(Cluster cluster, Random random, boolean outagesAlone) {
        this.cluster = cluster;
        this.random = random;
        this.outagesAlone = outagesAlone;
    }

    /** Draws one. */
    Card next() {
        if (cards.isEmpty()) {
            shuffle();
        }
        return cards.removeLast();
    }

    private void shuffle() {
        if (outagesAlone) {
            cards.add(freeze(Cluster.KAFKA));
            cards.add(kill(Cluster.KAFKA));
            cards.add(cutOffEverybody());
        } else {
            addAll();
        }
        Collections.shuffle(cards, random);
    }

    private void addAll() {
        for (var server : SERVERS) {
            cards.add(kill(server));
            cards.add(freeze(server));
        }
        for (var service : Cluster.SERVICES) {
            cards.add(kill(any(service)));
            cards.add(freeze(any(service)));
            cards.add(cut(link(service, Cluster.KAFKA)));
            cards.add(stall(link(service, Cluster.KAFKA)));
        }
        for (var service : List.of("auth", "flow")) {
            cards.add(cut(link(service, Cluster.POSTGRES)));
            cards.add(stall(link(service, Cluster.POSTGRES)));
        }
        for (var service : List.of("flow", "signing")) {
            cards.add(cut(link(service, "auth")));
            // Neither heard nor asked: nothing may pass.
            cards.add(stall(link(service, "auth")).and(freeze(Cluster.KAFKA)));
        }
        cards.add(kill("auth-1").and(kill("auth-2")));
        cards.add(kill(Cluster.KAFKA).and(kill(any("signing"))));
        if (cluster.disk().mounted()) {
            cards.add(fillDisk());
        }
    }

    private String any(String service) {
        List<Replica> replicas = cluster.of(service);
        return replicas.get(random.nextInt(replicas.size())).name();
    }

    private Link link(String service, String to) {
        return cluster.link(any(service), to);
    }

    /** What it takes to hear of a revocation, or to ask about one. */
    private static boolean blinds(String name) {
        return SERVERS.contains(name) || name.startsWith("auth");
    }

    private Card kill(String name) {
        var member = cluster.member(name);
        return new Card("kill -9 " + name, blinds(name), member::kill, member::start);
    }

    private Card freeze(String name) {
        var member = cluster.member(name);
        return new Card("freeze " + name, blinds(name), member::freeze, member::thaw);
    }

    private static Card cut(Link link) {
        return new Card("cut " + link.name(), true, link::cut, link::heal);
    }

    private static Card stall(Link link) {
        return new Card("stall " + link.name(), true, link::stall, link::heal);
    }

    /** Every link of a verifier to Kafka. */
    private Card cutOffEverybody() {
        return Stream.of("flow", "signing")
                .flatMap(service -> cluster.of(service).stream())
                .map(replica -> cut(cluster.link(replica.name(), Cluster.KAFKA)))
                .reduce(Card::and)
                .orElseThrow();
    }

    private Card fillDisk() {
        var disk = cluster.disk();
        return new Card("fill the disk of kafka", true, UNTIL_THE_BROKER_NOTICES_MS, disk::fill, disk::empty);
    }
}
