package dev.latchkey.flow.connector.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.Described;
import dev.latchkey.flow.form.Secret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A connector, and what comes of its connection test. */
abstract class ConnectionCheckTesting {

    static final String TEXT = """
            domain: sample
            name: Sample
            fields:
              - { name: host, selector: { text: { type: url } }, required: true }
              - { name: token, selector: { text: { type: password } }, required: true, secret: true }
            check:
              request:
                url: "{+host}/me"
                headers: { Authorization: "Bearer {token}" }
                timeout: %s
              account: { unique_id: /user/id, title: /user/name }
            """;

    /** With all the time that a busy machine may need. */
    static final Connector SAMPLE = Described.by(TEXT.formatted("20s"));

    /** For remotes that do not answer. */
    static final Connector HASTY = Described.by(TEXT.formatted("2s"));

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    static Outbounds outbounds;

    @BeforeAll
    static void open() {
        outbounds = new Outbounds(CLOCK);
    }

    @AfterAll
    static void close() {
        outbounds.close();
    }

    static CheckResult run(String host) {
        return outbounds.check().run(SAMPLE, values(host));
    }

    static String passed(Connector connector, String host) {
        return ((Passed) outbounds.check().run(connector, Map.of("host", host))).uniqueId();
    }

    static Map<String, Object> values(String host) {
        return Map.of("host", host, "token", Secret.of("t0ken"));
    }

    static Problem problem(CheckResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        Failed failed = (Failed) result;
        assertThat(failed.reason()).isNotBlank().doesNotContain("t0ken");
        return failed.problem();
    }
}
