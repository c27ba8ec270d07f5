package dev.latchkey.local.checker.nemesis;

import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.history.Fault;
import dev.latchkey.local.checker.history.Recorder;
import dev.latchkey.local.checker.time.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** Breaks and repairs for a while, by a seed. */
public final class Nemesis {
    private static final int SHORTEST_MS = 3_000;
    private static final int LONGEST_MS = 6_000;
    private static final int PAUSE_MS = 2_000;

    private final Cluster cluster;
    private final Recorder recorder;
    private final Random random;
    private final boolean outagesAlone;
    private final Deck deck;
    private final Consumer<String> told;

    /**
     * @param outagesAlone only what keeps verifiers from hearing of revocations while they can be asked, and long enough
     * @param told receives a line for each thing that is broken
     */
    public Nemesis(Cluster cluster, Recorder recorder, long seed, boolean outagesAlone, Consumer<String> told) {
        this.cluster = cluster;
        this.recorder = recorder;
        this.random = new Random(seed);
        this.outagesAlone = outagesAlone;
        this.deck = new Deck(cluster, random, outagesAlone);
        this.told = told;
    }

    /**
     * Breaks one thing after the other, and returns when the time is over and everything was repaired.
     *
     * @return when that was, by {@link System#nanoTime()}
     */
    public long rage(Duration time) throws IOException {
        var until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0) {
            Pause.of(Duration.ofMillis(PAUSE_MS + random.nextInt(PAUSE_MS)));
            strike(deck.next(), outagesAlone ? LONGEST_MS : SHORTEST_MS + random.nextInt(LONGEST_MS - SHORTEST_MS));
        }
        return System.nanoTime();
    }

    private void strike(Card card, int drawn) throws IOException {
        var milliseconds = Math.max(drawn, card.leastMillis());
        told.accept(card.name() + " for " + milliseconds + " ms");
        var start = System.nanoTime();
        try {
            card.breaking().run();
            Pause.of(Duration.ofMillis(milliseconds));
        } finally {
            card.repairing().run();
        }
        recorder.add(new Fault(card.name(), card.blinding(), start, System.nanoTime()));
        cluster.startFallen().forEach(name -> {
            told.accept(name + " had ended by itself and was started again");
            recorder.add(new Fault(name + " ended by itself", false, start, System.nanoTime()));
        });
    }
}
