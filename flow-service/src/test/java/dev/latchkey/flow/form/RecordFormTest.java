package dev.latchkey.flow.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.flow.form.FormInput.Accepted;
import dev.latchkey.flow.form.FormInput.Refused;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordFormTest {

    enum Quality {
        LOW,
        VERY_HIGH
    }

    record Everything(
            @Input(type = Selector.TextType.URL, label = "Host", hint = "With scheme") @NotBlank
            String host,

            Secret apiToken,

            @Min(1) @Max(65_535) @Input(defaultValue = "443")
            int port,

            boolean verifyTls,
            Quality quality,
            Duration every,
            Optional<Double> ratio,
            Optional<List<Quality>> others) {

        @AssertTrue(message = "the token is not for this host")
        boolean isForThisHost() {
            return !"http://other".equals(host);
        }
    }

    private static final Map<String, Object> VALUES = Map.of(
            "host",
            "http://h",
            "api_token",
            Secret.of("t"),
            "port",
            443L,
            "verify_tls",
            true,
            "quality",
            "very_high",
            "every",
            Map.of("hours", 0L, "minutes", 5L, "seconds", 0L));

    private final RecordForm<Everything> form = RecordForm.of(Everything.class);

    @Test
    void theComponentsAreTheFields() {
        assertThat(form.form().fields())
                .extracting(Field::name)
                .containsExactly("host", "api_token", "port", "verify_tls", "quality", "every", "ratio", "others");
        assertThat(form.form().field("host").orElseThrow())
                .isEqualTo(new Field(
                        "host",
                        new FieldType.Selected(Selector.text(Selector.TextType.URL)),
                        true,
                        null,
                        null,
                        false,
                        "Host",
                        "With scheme"));
        assertThat(form.form().field("port").orElseThrow().defaultValue()).isEqualTo(443L);
        assertThat(form.form().field("port").orElseThrow().type())
                .isEqualTo(
                        new FieldType.Selected(new Selector.Number(1.0, 65_535.0, 1, Selector.Number.Mode.BOX, null)));
        assertThat(form.form().field("ratio").orElseThrow().required()).isFalse();
        assertThat(form.form().secretNames()).containsExactly("api_token");
    }

    @Test
    void aRecordIsMadeOfValuesAndGivesThemBack() {
        Everything record = form.read(VALUES);

        assertThat(record)
                .isEqualTo(new Everything(
                        "http://h",
                        Secret.of("t"),
                        443,
                        true,
                        Quality.VERY_HIGH,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(RecordForm.values(record)).isEqualTo(VALUES);
    }

    @Test
    void theConstraintsOfTheRecordAreChecked() {
        assertThat(form.check(VALUES)).isEqualTo(new Accepted(VALUES));
        assertThat(form.check(with("host", " ")))
                .isEqualTo(new Refused(Map.of("host", "must not be blank"), Map.of("host", "required")));
        assertThat(form.check(with("host", "http://other")))
                .isEqualTo(
                        new Refused(Map.of("base", "the token is not for this host"), Map.of("base", "assert_true")));
        assertThat(form.check(with("port", 1.5)))
                .isEqualTo(new Refused(Map.of("port", "not a whole number"), Map.of("port", "invalid")));
        assertThat(form.check(with("port", 1L << 40)))
                .isEqualTo(new Refused(Map.of("port", "a number does not fit"), Map.of("port", "invalid")));
    }

    record Short(
            @Pattern(regexp = "[a-z]+") String user,
            @Size(max = 3) String code) {}

    @Test
    void everyConstraintHasAStableCode() {
        assertThat(RecordForm.of(Short.class).check(Map.of("user", "ROOT", "code", "12345")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.codes())
                                .isEqualTo(Map.of("user", "invalid_format", "code", "invalid_length")));
    }

    record Impossible(Map<String, String> map) {}

    @Test
    void aTypeThatNoFormCanAskForIsRefusedWhenTheFlowIsWritten() {
        assertThatThrownBy(() -> RecordForm.of(Impossible.class))
                .hasMessageContaining("Impossible.map")
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> values = new HashMap<>(VALUES);
        values.put(name, value);
        return values;
    }
}
