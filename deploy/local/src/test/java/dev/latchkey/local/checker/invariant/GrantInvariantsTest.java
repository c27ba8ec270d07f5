package dev.latchkey.local.checker.invariant;

import static dev.latchkey.local.checker.history.Kind.FOLLOW;
import static dev.latchkey.local.checker.history.Kind.FORGE;
import static dev.latchkey.local.checker.history.Kind.HOLD;
import static dev.latchkey.local.checker.history.Kind.REDEEM;
import static dev.latchkey.local.checker.history.Kind.REFRESH;
import static dev.latchkey.local.checker.history.Kind.REVOKE;
import static dev.latchkey.local.checker.history.Kind.SIGN;
import static dev.latchkey.local.checker.history.Kind.SPEAK;
import static dev.latchkey.local.checker.history.Kind.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrantInvariantsTest {

    @Test
    void aRevokedGrantMayBeAcceptedWithinTheBound() {
        assertHolds(
                Told.that()
                        .ok(REVOKE, "g1", 0, 100)
                        .ok(VERIFY, "g1", 2_600, 2_700)
                        .refused(VERIFY, "g1", 9_000, 9_001),
                "I1");
    }

    @Test
    void aRevokedGrantThatIsAcceptedLaterIsAnOffenceOfTheVerifier() {
        var judgement = Told.that()
                .ok(REVOKE, "g1", 0, 100)
                .ok(VERIFY, "g1", 2_601, 2_700)
                .by("I1");

        assertThat(judgement.offences()).hasSize(1);
        assertThat(judgement.offenders()).containsExactly("signing-2");
    }

    @Test
    void itCountsWhenAVerificationBeganAndNotWhenItWasAnswered() {
        assertHolds(Told.that().ok(REVOKE, "g1", 0, 100).ok(VERIFY, "g1", 2_000, 30_000), "I1");
    }

    @Test
    void aSocketOfADeadGrantAnswersNothingLaterThanTheBound() {
        assertHolds(
                Told.that()
                        .ok(REVOKE, "g1", 0, 100)
                        .ok(SPEAK, "g1", 2_000, 9_000)
                        .refused(SPEAK, "g1", 9_000, 9_001),
                "A17");
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).ok(SPEAK, "g1", 2_601, 2_602), "A17");
    }

    @Test
    void aSocketOfADeadGrantIsClosedBeforeLong() {
        assertHolds(Told.that().ok(REVOKE, "g1", 0, 100).refused(HOLD, "g1", 5_100, 5_100), "W");
        assertHolds(Told.that().ok(REVOKE, "g1", 0, 100).refused(HOLD, "g1", 90, 90), "W");
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).refused(HOLD, "g1", 5_101, 5_101), "W");
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).ok(HOLD, "g1", 1_000, 1_000), "W");
    }

    @Test
    void aFrozenProcessClosesItsSocketsWhenItGoesOn() {
        assertHolds(Told.that().ok(REVOKE, "g1", 0, 100).frozen(50, 6_000).refused(HOLD, "g1", 11_000, 11_000), "W");
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).frozen(50, 6_000).refused(HOLD, "g1", 11_001, 11_001), "W");
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).blind(50, 6_000).refused(HOLD, "g1", 9_000, 9_000), "W");
    }

    @Test
    void aSocketThatEndedWithItsProcessOrLongBeforeSaysNothing() {
        assertThat(Told.that()
                        .ok(REVOKE, "g1", 9_900, 10_000)
                        .unknown(HOLD, "g1", 10_100, 10_100)
                        .refused(HOLD, "g1", 4_000, 4_000)
                        .by("W")
                        .judged())
                .isZero();
    }

    @Test
    void ofSeveralRevocationsTheFirstAnswerCounts() {
        assertBroken(
                Told.that()
                        .ok(REVOKE, "g1", 0, 100)
                        .ok(REVOKE, "g1", 4_000, 4_100)
                        .ok(VERIFY, "g1", 3_000, 3_001),
                "I1");
    }

    @Test
    void aRevocationWithoutAnAnswerPromisesNothing() {
        assertHolds(Told.that().unknown(REVOKE, "g1", 0, 100).ok(VERIFY, "g1", 9_000, 9_001), "I1");
    }

    @Test
    void aRevokedGrantIsNotRefreshedAtAllAndSignsNothing() {
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).ok(REFRESH, "g1", 101, 110), "I1");
        assertHolds(Told.that().ok(REVOKE, "g1", 0, 100).ok(REFRESH, "g1", 99, 110), "I1");
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).ok(SIGN, "g1", 3_000, 3_010), "I1");
    }

    @Test
    void whoGetsNoAnswerWasNotLetInAndProvesNothing() {
        var judgement = Told.that()
                .ok(REVOKE, "g1", 0, 100)
                .unknown(VERIFY, "g1", 9_000, 9_100)
                .by("I1");

        assertThat(judgement.holds()).isTrue();
        assertThat(judgement.judged()).isZero();
    }

    @Test
    void aCodeIsRedeemedOnce() {
        assertHolds(
                Told.that()
                        .ok(REDEEM, "c1", 0, 10, "g1")
                        .refused(REDEEM, "c1", 0, 11)
                        .unknown(REDEEM, "c1", 0, 9_000),
                "I2");
        assertBroken(Told.that().ok(REDEEM, "c1", 0, 10, "g1").ok(REDEEM, "c1", 0, 11, "g2"), "I2");
    }

    @Test
    void aReusedCodeKillsWhatItIssued() {
        var reused = Told.that().ok(REDEEM, "c1", 0, 10, "g1").refused(REDEEM, "c1", 20, 30);
        assertHolds(reused.ok(VERIFY, "g1", 1_000, 1_001).refused(VERIFY, "g1", 9_000, 9_001), "I4");
        assertBroken(reused.ok(VERIFY, "g1", 2_531, 2_540), "I4");
    }

    @Test
    void aReusedCodeKillsRefreshTokensAtOnceAndLinksSoon() {
        var reused = Told.that().ok(REDEEM, "c1", 0, 10, "g1").refused(REDEEM, "c1", 20, 30);
        assertHolds(reused, "I4");
        assertBroken(reused.ok(REFRESH, "g1", 31, 40), "I4");
        assertBroken(
                Told.that()
                        .ok(REDEEM, "c1", 0, 10, "g1")
                        .refused(REDEEM, "c1", 20, 30)
                        .ok(FOLLOW, "g1", 3_000, 3_001),
                "I4");
    }

    @Test
    void aReuseThatWasNotAnsweredPromisesNothing() {
        assertHolds(
                Told.that()
                        .ok(REDEEM, "c1", 0, 10, "g1")
                        .unknown(REDEEM, "c1", 20, 30)
                        .ok(VERIFY, "g1", 9_000, 9_001),
                "I4");
    }

    @Test
    void aLinkDiesWithItsGrantHoweverThatDied() {
        assertHolds(Told.that().ok(REVOKE, "g1", 0, 100).refused(FOLLOW, "g1", 3_000, 3_001), "I7");
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).ok(FOLLOW, "g1", 3_000, 3_001), "I7");
        assertBroken(
                Told.that()
                        .ok(REDEEM, "c1", 0, 10, "g1")
                        .refused(REDEEM, "c1", 20, 30)
                        .ok(FOLLOW, "g1", 3_000, 3_001),
                "I7");
    }

    @Test
    void whatNobodyIssuedIsNeverLetIn() {
        assertBroken(Told.that().ok(FORGE, "altered token", 0, 10), "I8");
        assertHolds(Told.that().blind(0, 100).refused(FORGE, "altered token", 0, 10), "I8");
    }

    @Test
    void whatIsDeadDoesNotComeBackInTheDark() {
        assertBroken(Told.that().ok(REVOKE, "g1", 0, 100).blind(5_000, 9_000).ok(VERIFY, "g1", 6_000, 6_001), "I8");
        assertHolds(Told.that().ok(REVOKE, "g1", 0, 100).blind(5_000, 9_000).refused(VERIFY, "g1", 6_000, 6_001), "I8");
    }

    @Test
    void whoWasNotBlindOrGaveNoAnswerProvesNothingOfTheDark() {
        var dead = Told.that().ok(REVOKE, "g1", 0, 100);
        assertThat(dead.blind("flow-1", 5_000, 9_000)
                        .refused(VERIFY, "g1", 6_000, 6_001)
                        .by("I8")
                        .judged())
                .isZero();
        assertThat(dead.blind(5_000, 9_000)
                        .unknown(FOLLOW, "g1", 7_000, 7_001)
                        .by("I8")
                        .judged())
                .isEqualTo(1);
    }

    @Test
    void aCodeThatGrantedNothingProvesNothing() {
        var refused = Told.that().refused(REDEEM, "c1", 0, 10).refused(REDEEM, "c1", 20, 30);

        assertThat(refused.by("I2").judged()).isZero();
        assertThat(refused.ok(REDEEM, "c1", 5, 9, "g1").by("I2").judged()).isEqualTo(1);
    }

    @Test
    void onlyARevocationWithAnAnswerWhileSomebodyIsBlindCountsAsOneInTheDark() {
        var history = Told.that()
                .blind(5_000, 9_000)
                .ok(REVOKE, "g1", 4_000, 4_900)
                .ok(REVOKE, "g2", 4_000, 5_100)
                .unknown(REVOKE, "g3", 6_000, 7_000)
                .ok(REVOKE, "g4", 8_000, 9_100)
                .history();

        assertThat(history.revokedInTheDark()).isEqualTo(1);
    }

    @Test
    void whoRefusesTheDeadIsToldFromWhoIsSilent() {
        var dead = Told.that().ok(REVOKE, "g1", 0, 100).unknown(VERIFY, "g1", 9_000, 9_001);
        assertThat(Invariants.refusedTheDead(dead.history())).isEmpty();
        assertThat(Invariants.refusedTheDead(
                        dead.refused(VERIFY, "g1", 9_002, 9_003).history()))
                .containsExactly("signing-2");
    }

    private static void assertHolds(Told history, String rule) {
        assertThat(history.by(rule).offences()).isEmpty();
    }

    private static void assertBroken(Told history, String rule) {
        assertThat(history.by(rule).offences()).isNotEmpty();
    }
}
