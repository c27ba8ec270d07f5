package dev.latchkey.auth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that does not finish its request is no failure of ours (row W09). */
@AuthServiceTest
@TestProfile(CutOffBodyIT.ShortPatience.class)
class CutOffBodyIT {

    /** Bodies are given up on within a test. */
    public static class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.read-timeout", "500ms");
        }
    }

    private static final Logger ROOT = Logger.getLogger("");

    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        ROOT.addHandler(recorder);
    }

    @AfterEach
    void stopListening() {
        ROOT.removeHandler(recorder);
    }

    @ParameterizedTest
    @CsvSource({
        "/auth/login_flow, text/plain",
        "/api/onboarding/users, application/json",
        "/auth/token, application/x-www-form-urlencoded",
        "/auth/revoke, application/x-www-form-urlencoded",
        "/auth/token, multipart/form-data; boundary=x",
        "/auth/authorize, application/x-www-form-urlencoded"
    })
    void aClientThatLeavesOrFallsSilentWithinItsRequestIsGivenUpOnInTimeAndIsNoFailure(
            String path, String contentType) {
        RawHttp.postCutOff(path, "--x", true, "Content-Type: " + contentType);
        // Takes long enough for the server to have noticed the other one too.
        RawHttp.Answer answer = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> RawHttp.postCutOff(path, "--x", false, "Content-Type: " + contentType));

        assertThat(answer.status()).isIn(0, 400);
        assertThat(loud()).isEmpty();
        assertThat(RawHttp.send("GET", "/auth/providers").status()).isLessThan(500);
    }

    private List<String> loud() {
        return logged.stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLoggerName() + " " + entry.getMessage() + " " + entry.getThrown())
                .toList();
    }
}
