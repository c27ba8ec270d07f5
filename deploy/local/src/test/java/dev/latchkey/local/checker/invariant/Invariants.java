package dev.latchkey.local.checker.invariant;

import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules by which a run is judged. */
public final class Invariants {
    /** How long after the answer of a revocation a verifier may still decide by what it knew (decision R5). */
    public static final Duration BOUND = Duration.ofMillis(2_500);

    /** How long a socket of a dead grant may stay open while nobody speaks. */
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

    /** How long the platform may take to work again after the last repair. */
    public static final Duration RECOVERY = Duration.ofSeconds(60);

    private Invariants() {}

    /** Whether every change of an entry that a client was told of was published by now. */
    public static boolean everyChangeIsTold(History history) {
        return ChangesAreTold.complete(history);
    }

    /** The verifiers that refused a dead grant. One that never did was not sound but silent, or was not asked. */
    public static Set<String> refusedTheDead(History history) {
        var deaths = Deaths.all(history);
        return history.of(Kind.VERIFY)
                .filter(operation -> operation.outcome() == Outcome.REFUSED)
                .filter(operation -> deaths.containsKey(operation.subject())
                        && operation.start() - deaths.get(operation.subject()) > 0)
                .map(Operation::at)
                .collect(Collectors.toSet());
    }

    /** All of them. */
    public static List<Invariant> all() {
        return List.of(
                new DeadMeansRefused(
                        "I1",
                        "No verification that starts later than 2.5 s after the answer of a revocation says active, and no refresh"
                                + " that starts after it succeeds",
                        Deaths::byRevocation,
                        Map.of(Kind.VERIFY, BOUND, Kind.REFRESH, Duration.ZERO, Kind.SIGN, BOUND)),
                new CodesWorkOnce(),
                new DeadMeansRefused(
                        "I4",
                        "A code that is redeemed again kills what it issued: no verification later than 2.5 s, no refresh at all",
                        Deaths::byReuse,
                        Map.of(Kind.VERIFY, BOUND, Kind.FOLLOW, BOUND, Kind.REFRESH, Duration.ZERO)),
                new ChangesAreTold(),
                new AccountsAreConnectedOnce(),
                new DeadMeansRefused(
                        "I7",
                        "No signed path verifies later than 2.5 s after its grant died",
                        Deaths::all,
                        Map.of(Kind.FOLLOW, BOUND)),
                new DeadMeansRefused(
                        "A17",
                        "No command that is sent over a WebSocket later than 2.5 s after its grant died is answered",
                        Deaths::all,
                        Map.of(Kind.SPEAK, BOUND)),
                new SocketsClose(CLOSED_WITHIN),
                new NothingOpens(BOUND),
                new NothingIsLost(),
                new EverythingWorksAgain(RECOVERY));
    }
}
