package dev.latchkey.local.checker.nemesis;

import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.history.Fault;
import dev.latchkey.local.checker.history.Recorder;
import dev.latchkey.local.checker.time.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Breaks and repairs for a while, by a seed. */
public final class Nemesis {
    private static final int SHORTEST_MS = 3_000;
    private static final int LONGEST_MS = 6_000;
    private static final int PAUSE_MS = 2_000;
    private static final Duration READY_WITHIN = Duration.ofSeconds(40);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** One strike of so many may hit what is down still. */
    private static final int ONE_OF = 4;

    private final Cluster cluster;
    private final Recorder recorder;
    private final Random random;
    private final boolean outagesAlone;
    private final Deck deck;
    private final Runnable struck;
    private final Consumer<String> told;
    private final Set<String> came = new HashSet<>();

    /**
     * @param outagesAlone only what keeps verifiers from hearing of revocations while they can be asked, and long enough
     * @param struck what to do each time something was just broken; returns at once
     * @param told receives a line for each thing that is broken
     */
    public Nemesis(
            Cluster cluster,
            Recorder recorder,
            long seed,
            boolean outagesAlone,
            Runnable struck,
            Consumer<String> told) {
        this.cluster = cluster;
        this.recorder = recorder;
        this.random = new Random(seed);
        this.outagesAlone = outagesAlone;
        this.deck = new Deck(cluster, random, outagesAlone);
        this.struck = struck;
        this.told = told;
    }

    /**
     * Breaks one thing after the other, and returns when the time is over and everything was repaired. Most strikes wait until
     * the cluster has recovered from the one before, because what is down cannot be broken.
     *
     * @param time without that waiting, unless it takes more than half of it
     * @return when that was, by {@link System#nanoTime()}
     */
    public long rage(Duration time) throws IOException {
        var until = System.nanoTime() + time.toNanos();
        var most = until + time.toNanos() / 2;
        while (System.nanoTime() - until < 0) {
            Pause.of(Duration.ofMillis(PAUSE_MS + random.nextInt(PAUSE_MS)));
            if (random.nextInt(ONE_OF) > 0) {
                var later = until + awaitReady();
                until = later - most < 0 ? later : most;
            }
            strike(deck.next(), outagesAlone ? LONGEST_MS : SHORTEST_MS + random.nextInt(LONGEST_MS - SHORTEST_MS));
        }
        recorder.spare(
                deck.kinds().stream().filter(kind -> !came.contains(kind)).toList());
        return System.nanoTime();
    }

    /** Waits for every process to do its work, and returns how long that took, in nanoseconds. */
    private long awaitReady() {
        var began = System.nanoTime();
        while (!cluster.isReady() && System.nanoTime() - began < READY_WITHIN.toNanos()) {
            startFallen(began);
            Pause.of(LOOK_AGAIN);
        }
        return System.nanoTime() - began;
    }

    private void startFallen(long since) {
        cluster.startFallen().forEach(name -> {
            told.accept(name + " had ended by itself and was started again");
            recorder.add(new Fault(name + " ended by itself", Set.of(), Set.of(name), since, System.nanoTime()));
        });
    }

    private void strike(Card card, int drawn) throws IOException {
        var milliseconds = Math.max(drawn, card.leastMillis());
        told.accept(card.name() + " for " + milliseconds + " ms");
        List<Wound> taken = List.of();
        long start;
        long end;
        try {
            taken = card.strike();
            if (!taken.equals(card.wounds())) {
                told.accept(name(card, taken));
            }
            start = System.nanoTime();
            struck.run();
            Pause.of(Duration.ofMillis(milliseconds));
        } finally {
            end = System.nanoTime();
            card.repair();
        }
        recorder.add(new Fault(name(card, taken), all(taken, Wound::blinded), all(taken, Wound::stopped), start, end));
        if (taken.equals(card.wounds())) {
            came.add(card.kind());
        }
        startFallen(start);
    }

    private static String name(Card card, List<Wound> taken) {
        return card.wounds().stream()
                .map(wound -> taken.contains(wound) ? wound.name() : wound.name() + " (was away)")
                .collect(Collectors.joining(" + "));
    }

    private static Set<String> all(List<Wound> taken, Function<Wound, Set<String>> hit) {
        return taken.stream().map(hit).flatMap(Collection::stream).collect(Collectors.toSet());
    }
}
