package dev.latchkey.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOutageTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "53300", "57P01", "57P02", "57P03"})
    void aBrokenConnectionIsAnOutage(String state) {
        assertThat(DatabaseOutage.isBehind(new IllegalStateException(new SQLException("away", state))))
                .isTrue();
    }

    @Test
    void aPoolWithoutConnectionsIsAnOutage() {
        assertThat(DatabaseOutage.isBehind(new SQLException("Acquisition timeout while waiting for new connection")))
                .isTrue();
    }

    @Test
    void anOutageThatWasOnlySuppressedCounts() {
        RuntimeException failure = new IllegalStateException("Could not commit");
        failure.addSuppressed(new SQLException("away", "08006"));

        assertThat(DatabaseOutage.isBehind(failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "42P01", "57014"})
    void whatIsWrongWithAStatementIsNoOutage(String state) {
        assertThat(DatabaseOutage.isBehind(new IllegalStateException(new SQLException("wrong", state))))
                .isFalse();
    }

    @Test
    void causesInACircleEnd() {
        RuntimeException one = new IllegalStateException("one");
        RuntimeException two = new IllegalStateException("two", one);
        one.initCause(two);

        assertThat(DatabaseOutage.isBehind(one)).isFalse();
    }
}
