package dev.latchkey.local.checker;

import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Recorder;
import dev.latchkey.local.checker.invariant.Invariants;
import dev.latchkey.local.checker.nemesis.Nemesis;
import dev.latchkey.local.checker.time.Pause;
import dev.latchkey.local.checker.workload.Workload;
import dev.latchkey.local.connection.Device;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** One run: clients use a cluster while a nemesis breaks it; then everything is repaired, and looked at. */
final class Checker {
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Cluster cluster;
    private final Consumer<String> told;

    /** @param told receives a line for each thing that is broken */
    Checker(Cluster cluster, Consumer<String> told) {
        this.cluster = cluster;
        this.told = told;
    }

    /** Everything is used and everything is broken. */
    History everything(Settings settings, Device device) throws Exception {
        return run(settings, device, false);
    }

    /** Grants are used while verifiers do not hear of revocations, and can ask. */
    History outages(Settings settings) throws Exception {
        return run(settings, null, true);
    }

    private History run(Settings settings, Device device, boolean outagesAlone) throws Exception {
        var recorder = new Recorder();
        try (var workload = Workload.start(cluster, recorder, device, settings.seed())) {
            Pause.of(settings.calm());
            var healedAt = new Nemesis(cluster, recorder, settings.seed(), outagesAlone, workload::revokeSaved, told)
                    .rage(settings.time());
            var recovered = recovery(workload, healedAt);
            told.accept("everything works again after " + recovered);
            Pause.of(settings.calm());
            workload.settle();
            return told(
                    workload,
                    () -> recorder.history(workload.deliveries(), workload.keptEntries(), healedAt, recovered));
        }
    }

    /** The history once all that clients were told of was published; without that after a while, and then a rule says so. */
    private static History told(Workload workload, Callable<History> recorded) throws Exception {
        var latest = System.nanoTime() + TOLD_WITHIN.toNanos();
        var history = recorded.call();
        while (workload.publishes() && !Invariants.everyChangeIsTold(history) && System.nanoTime() - latest < 0) {
            Pause.of(LOOK_AGAIN);
            history = recorded.call();
        }
        return history;
    }

    private Duration recovery(Workload workload, long healedAt) {
        var latest = healedAt + Invariants.RECOVERY.toNanos();
        while (!workload.everythingWorks()) {
            if (System.nanoTime() - latest > 0) {
                return null;
            }
            // What ends by itself after the last repair is started again, as a launcher would.
            cluster.startFallen();
            Pause.of(LOOK_AGAIN);
        }
        return Duration.ofNanos(System.nanoTime() - healedAt);
    }
}
