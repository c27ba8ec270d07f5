package dev.latchkey.local.checker.nemesis;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is broken at the same time, for a while. */
record Card(List<Wound> wounds) {

    /** All of them at once. */
    static Card of(Wound... wounds) {
        return new Card(Arrays.asList(wounds));
    }

    /** What it does, for people. */
    String name() {
        return wounds.stream().map(Wound::name).collect(Collectors.joining(" + "));
    }

    /** What it does, whichever replicas it hits. */
    String kind() {
        return name().replaceAll("(?<=[a-z])-[0-9]+", "");
    }

    /** How long it takes until anybody notices. */
    int leastMillis() {
        return wounds.stream().mapToInt(Wound::leastMillis).max().orElse(0);
    }

    /**
     * Breaks all of it.
     *
     * @return what was broken; a process that was away could not be
     */
    List<Wound> strike() throws IOException {
        var taken = Stream.<Wound>builder();
        for (var wound : wounds) {
            if (wound.breaking().run()) {
                taken.add(wound);
            }
        }
        return taken.build().toList();
    }

    /** Repairs all of it. */
    void repair() throws IOException {
        for (var wound : wounds) {
            wound.repairing().run();
        }
    }
}
