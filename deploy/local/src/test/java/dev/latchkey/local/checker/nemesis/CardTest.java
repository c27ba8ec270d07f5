package dev.latchkey.local.checker.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardTest {

    private static Wound wound(String name, boolean takes) {
        return new Wound(name, Set.of(), () -> takes, () -> {});
    }

    @Test
    void itIsTheSameKindWhicheverReplicaItHits() {
        var card = Card.of(wound("kill -9 auth-1", true), wound("cut flow-2 to kafka", true));

        assertThat(card.kind()).isEqualTo("kill -9 auth + cut flow to kafka");
    }

    @Test
    void whatWasAwayWasNotBroken() throws IOException {
        var there = wound("kill -9 auth-1", true);

        assertThat(Card.of(wound("freeze kafka", false), there).strike()).containsExactly(there);
    }
}
