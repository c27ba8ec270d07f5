package dev.latchkey.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ConcurrencyBudgetTest {

    private final ConcurrencyBudget<String> budget = new ConcurrencyBudget<>();

    @Test
    void nobodyGetsMoreThanTheirShareAndOthersStillGetTheirs() {
        assertThat(budget.tryTake("a", 2, 10)).isTrue();
        assertThat(budget.tryTake("a", 2, 10)).isTrue();
        assertThat(budget.tryTake("a", 2, 10)).isFalse();
        assertThat(budget.tryTake("b", 2, 10)).isTrue();
    }

    @Test
    void allTogetherGetNoMoreThanThereIs() {
        assertThat(budget.tryTake("a", 2, 2)).isTrue();
        assertThat(budget.tryTake("b", 2, 2)).isTrue();
        assertThat(budget.tryTake("c", 2, 2)).isFalse();
        assertThat(budget.inUse()).isEqualTo(2);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        budget.tryTake("a", 1, 1);
        budget.giveBack("a");

        assertThat(budget.inUse()).isZero();
        assertThat(budget.tryTake("a", 1, 1)).isTrue();
    }

    @Test
    void nobodyGivesBackWhatTheyDoNotHave() {
        budget.tryTake("a", 1, 1);

        assertThatIllegalStateException().isThrownBy(() -> budget.giveBack("b"));
        assertThat(budget.inUse()).isEqualTo(1);
    }
}
