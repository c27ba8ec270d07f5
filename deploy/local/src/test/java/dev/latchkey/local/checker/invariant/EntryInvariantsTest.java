package dev.latchkey.local.checker.invariant;

import static dev.latchkey.local.checker.history.Kind.CREATE;
import static dev.latchkey.local.checker.history.Kind.FIND_USER;
import static dev.latchkey.local.checker.history.Kind.MAKE_USER;
import static dev.latchkey.local.checker.history.Kind.REDEEM;
import static dev.latchkey.local.checker.history.Kind.REFRESH;
import static dev.latchkey.local.checker.history.Kind.REMOVE;
import static dev.latchkey.local.checker.history.Kind.REMOVE_USER;
import static dev.latchkey.local.checker.history.Kind.RENAME;
import static dev.latchkey.local.checker.history.Kind.REVOKE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntryInvariantsTest {

    private static Told created() {
        return Told.that().ok(CREATE, "ada", 0, 10, "e1").delivered("e1", "created", 1, "Ada");
    }

    @Test
    void aLifeThatWasToldInOrderIsSound() {
        assertHolds(
                created()
                        .ok(RENAME, "e1", 20, 30, "t1")
                        .delivered("e1", "state_changed", 2, "Ada")
                        .delivered("e1", "updated", 3, "t1")
                        .ok(REMOVE, "e1", 40, 50)
                        .delivered("e1", "removed", 4, "t1"),
                "I5");
    }

    @Test
    void anEventMayComeAgainEvenOutOfOrder() {
        assertHolds(
                created()
                        .ok(RENAME, "e1", 20, 30, "t1")
                        .delivered("e1", "updated", 2, "t1")
                        .delivered("e1", "created", 1, "Ada")
                        .delivered("e1", "updated", 2, "t1")
                        .kept("e1", "ada", "t1"),
                "I5");
    }

    @Test
    void aChangeThatIsNotToldIsAnOffence() {
        assertBroken(Told.that().ok(CREATE, "ada", 0, 10, "e1"), "I5");
        assertBroken(created().kept("e1", "ada", "t1").ok(RENAME, "e1", 20, 30, "t1"), "I5");
        assertBroken(created().ok(REMOVE, "e1", 20, 30), "I5");
    }

    @Test
    void whoWaitsForEventsWaitsForAllOfThem() {
        var renamed = created().ok(RENAME, "e1", 20, 30, "t1").unknown(RENAME, "e1", 40, 50, "t2");
        assertThat(Invariants.everyChangeIsTold(renamed.history())).isFalse();
        assertThat(Invariants.everyChangeIsTold(
                        renamed.delivered("e1", "updated", 2, "t1").history()))
                .isTrue();
    }

    @Test
    void whatComesFirstOutOfOrderIsAnOffence() {
        assertBroken(
                created()
                        .kept("e1", "ada", "t1")
                        .ok(RENAME, "e1", 20, 30, "t1")
                        .ok(RENAME, "e1", 40, 50, "t2")
                        .delivered("e1", "updated", 3, "t2")
                        .delivered("e1", "updated", 2, "t1"),
                "I5");
        assertBroken(Told.that().kept("e1", "ada", "Ada").delivered("e1", "state_changed", 2, "Ada"), "I5");
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        assertBroken(
                created()
                        .ok(REMOVE, "e1", 20, 30)
                        .delivered("e1", "removed", 2, "Ada")
                        .delivered("e1", "state_changed", 3, "Ada"),
                "I5");
    }

    @Test
    void whatWasNotCommittedIsNotTold() {
        assertBroken(Told.that().delivered("e1", "created", 1, "Ada"), "I5");
        assertBroken(created().kept("e1", "ada", "Ada").delivered("e1", "updated", 2, "t9"), "I5");
        assertBroken(
                created().kept("e1", "ada", "Ada").unknown(REMOVE, "e1", 20, 30).delivered("e1", "removed", 2, "Ada"),
                "I5");
    }

    @Test
    void whatWasNotAnsweredMayBeToldOrNot() {
        assertHolds(
                created()
                        .kept("e1", "ada", "t1")
                        .unknown(RENAME, "e1", 20, 30, "t1")
                        .unknown(RENAME, "e1", 40, 50, "t2")
                        .delivered("e1", "updated", 2, "t1"),
                "I5");
    }

    @Test
    void anAccountHasOneEntry() {
        assertHolds(Told.that().kept("e1", "ada", "Ada").kept("e2", "bob", "Bob"), "I6");
        assertBroken(Told.that().kept("e1", "ada", "Ada").kept("e2", "ada", "Ada"), "I6");
    }

    @Test
    void anAccountIsConnectedAgainOnlyAfterItsEntryWent() {
        var twice = Told.that().ok(CREATE, "ada", 0, 10, "e1").ok(CREATE, "ada", 100, 110, "e2");
        assertBroken(twice, "I6");
        assertHolds(twice.unknown(REMOVE, "e1", 20, 30), "I6");
        assertBroken(
                Told.that()
                        .ok(CREATE, "ada", 0, 10, "e1")
                        .ok(CREATE, "ada", 100, 110, "e2")
                        .ok(REMOVE, "e1", 120, 130),
                "I6");
    }

    @Test
    void entriesAndTheirTitlesAreKept() {
        assertHolds(Told.that().ok(CREATE, "ada", 0, 10, "e1").kept("e1", "ada", "Ada"), "I9");
        assertBroken(Told.that().ok(CREATE, "ada", 0, 10, "e1"), "I9");
        assertHolds(Told.that().ok(CREATE, "ada", 0, 10, "e1").unknown(REMOVE, "e1", 20, 30), "I9");
        assertBroken(Told.that().ok(REMOVE, "e1", 20, 30).kept("e1", "ada", "Ada"), "I9");
        assertBroken(Told.that().ok(RENAME, "e1", 20, 30, "t1").kept("e1", "ada", "Ada"), "I9");
        assertHolds(
                Told.that()
                        .ok(RENAME, "e1", 20, 30, "t1")
                        .unknown(RENAME, "e1", 15, 40, "t2")
                        .kept("e1", "ada", "t2"),
                "I9");
    }

    @Test
    void grantsThatNobodyTookBackAreKept() {
        var granted = Told.that().ok(REDEEM, "c1", 0, 10, "g1");
        assertBroken(granted, "I9");
        assertHolds(granted.ok(REFRESH, "g1", 60_000, 60_010), "I9");
        assertBroken(granted.refused(REFRESH, "g1", 20, 30), "I9");
        assertHolds(Told.that().ok(REDEEM, "c1", 0, 10, "g1").unknown(REVOKE, "g1", 20, 30), "I9");
    }

    @Test
    void usersAreKept() {
        assertBroken(Told.that().ok(MAKE_USER, "u1", 0, 10), "I9");
        assertHolds(Told.that().ok(MAKE_USER, "u1", 0, 10).ok(FIND_USER, "u1", 60_000, 60_010), "I9");
        assertHolds(Told.that().ok(MAKE_USER, "u1", 0, 10).unknown(REMOVE_USER, "u1", 20, 30), "I9");
    }

    @Test
    void whatRefusesEverybodyForEverIsNotSound() {
        assertHolds(Told.that().recoveredAfter(Duration.ofSeconds(59)), "L");
        assertBroken(Told.that().recoveredAfter(Duration.ofSeconds(61)), "L");
        assertBroken(Told.that().recoveredAfter(null), "L");
    }

    private static void assertHolds(Told history, String rule) {
        assertThat(history.by(rule).offences()).isEmpty();
    }

    private static void assertBroken(Told history, String rule) {
        assertThat(history.by(rule).offences()).isNotEmpty();
    }
}
