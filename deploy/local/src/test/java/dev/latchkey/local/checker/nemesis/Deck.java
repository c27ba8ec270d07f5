package dev.latchkey.local.checker.nemesis;

import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.cluster.Link;
import dev.latchkey.local.checker.cluster.Replica;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to break. Every kind comes once before any comes again; which replica it hits is drawn anew. The outages that the
 * promises are about come first, because a short run does not reach the others.
 */
final class Deck {
    /** The broker writes down how far it is every five seconds, and ends when it cannot. */
    private static final int UNTIL_THE_BROKER_NOTICES_MS = 6_000;

    private static final List<String> SERVERS = List.of(Cluster.KAFKA, Cluster.POSTGRES);

    private final Cluster cluster;
    private final Random random;
    private final boolean outagesAlone;
    private final List<Card> cards = new ArrayList<>();
    private final Set<String> kinds = new TreeSet<>();

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

    /** All kinds that there are, as far as they were ever shuffled. */
    List<String> kinds() {
        return List.copyOf(kinds);
    }

    private void shuffle() {
        var services = new ArrayList<>(List.of("flow", "signing"));
        Collections.shuffle(services, random);
        if (!outagesAlone) {
            addOthers();
            cards.add(neitherHeardNorAsked(services.getLast()));
            Collections.shuffle(cards, random);
        }
        var first = outagesAlone ? deaf() : outages(services.getFirst());
        Collections.shuffle(first, random);
        cards.addAll(first);
        cards.forEach(card -> kinds.add(card.kind()));
    }

    /** Nobody hears, and everybody can ask. */
    private List<Card> deaf() {
        return new ArrayList<>(
                List.of(Card.of(freeze(Cluster.KAFKA)), Card.of(kill(Cluster.KAFKA)), cutOffEverybody()));
    }

    private List<Card> outages(String service) {
        return new ArrayList<>(List.of(
                neitherHeardNorAsked(service),
                Card.of(kill(Cluster.KAFKA)),
                alone(any("auth")),
                Card.of(kill("auth-1", verifiers()), kill("auth-2", verifiers()))));
    }

    /** Nothing may pass. */
    private Card neitherHeardNorAsked(String service) {
        return Card.of(stall(link(service, "auth")), freeze(Cluster.KAFKA));
    }

    /** A replica of auth-service that neither hears nor can look: the others go on. */
    private Card alone(String name) {
        return Card.of(
                stall(new Way(name, Cluster.KAFKA, cluster.link(name, Cluster.KAFKA))),
                stall(new Way(name, Cluster.POSTGRES, cluster.link(name, Cluster.POSTGRES))));
    }

    private void addOthers() {
        cards.add(Card.of(kill(Cluster.POSTGRES)));
        cards.add(Card.of(freeze(Cluster.POSTGRES)));
        cards.add(Card.of(freeze(Cluster.KAFKA)));
        for (var service : Cluster.SERVICES) {
            cards.add(Card.of(kill(any(service))));
            cards.add(Card.of(freeze(any(service))));
            cards.add(Card.of(cut(link(service, Cluster.KAFKA))));
            cards.add(Card.of(stall(link(service, Cluster.KAFKA))));
        }
        for (var service : List.of("auth", "flow")) {
            cards.add(Card.of(cut(link(service, Cluster.POSTGRES))));
            cards.add(Card.of(stall(link(service, Cluster.POSTGRES))));
        }
        for (var service : List.of("flow", "signing")) {
            cards.add(Card.of(cut(link(service, "auth"))));
        }
        cards.add(Card.of(kill(Cluster.KAFKA), kill(any("signing"))));
        if (cluster.disk().mounted()) {
            cards.add(Card.of(fillDisk()));
        }
    }

    private String any(String service) {
        List<Replica> replicas = cluster.of(service);
        return replicas.get(random.nextInt(replicas.size())).name();
    }

    private Way link(String service, String to) {
        var from = any(service);
        return new Way(from, to, cluster.link(from, to));
    }

    /** Everybody needs the servers; of the services somebody else may be asked. */
    private Wound kill(String name) {
        return kill(name, SERVERS.contains(name) ? everybody() : Set.of());
    }

    private Wound kill(String name, Set<String> blinded) {
        var member = cluster.member(name);
        return new Wound("kill -9 " + name, blinded, Set.of(name), 0, member::kill, member::start);
    }

    private Wound freeze(String name) {
        var member = cluster.member(name);
        var blinded = SERVERS.contains(name) ? everybody() : near(name);
        return new Wound("freeze " + name, blinded, Set.of(name), 0, member::freeze, member::thaw);
    }

    /** Whoever asks this replica of auth-service: it takes connections although it is frozen. */
    private Set<String> near(String name) {
        return names(cluster.replicas().stream()
                .filter(replica -> !replica.service().equals("auth"))
                .filter(replica -> name.equals("auth-" + replica.number())));
    }

    private Set<String> everybody() {
        return names(cluster.replicas().stream());
    }

    private Set<String> verifiers() {
        return names(
                cluster.replicas().stream().filter(replica -> !replica.service().equals("auth")));
    }

    private static Set<String> names(Stream<Replica> replicas) {
        return replicas.map(Replica::name).collect(Collectors.toSet());
    }

    private static Wound cut(Way way) {
        return new Wound("cut " + way.link().name(), way.blinded(), always(way.link()::cut), way.link()::heal);
    }

    private static Wound stall(Way way) {
        return new Wound("stall " + way.link().name(), way.blinded(), always(way.link()::stall), way.link()::heal);
    }

    private static Wound.Breaking always(Runnable breaking) {
        return () -> {
            breaking.run();
            return true;
        };
    }

    /** Every link of a verifier to Kafka. */
    private Card cutOffEverybody() {
        return new Card(verifiers().stream()
                .sorted()
                .map(name -> cut(new Way(name, Cluster.KAFKA, cluster.link(name, Cluster.KAFKA))))
                .toList());
    }

    private Wound fillDisk() {
        var disk = cluster.disk();
        return new Wound(
                "fill the disk of kafka", everybody(), Set.of(), UNTIL_THE_BROKER_NOTICES_MS, disk::fill, disk::empty);
    }

    /** A link, and whose it is. */
    private record Way(String from, String to, Link link) {

        /** flow-service keeps entries in PostgreSQL, and knows nothing of grants from there. */
        private Set<String> blinded() {
            return from.startsWith("flow") && to.equals(Cluster.POSTGRES) ? Set.of() : Set.of(from);
        }
    }
}
