package dev.latchkey.flow.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.flow.form.FormInput.Accepted;
import dev.latchkey.flow.form.FormInput.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormCheckTest {

    private static final Map<String, String> COLORS = options("red", "green");

    static Stream<Arguments> valuesThatAreRefused() {
        return Stream.of(
                Arguments.of(new FieldType.Text(), 5L, "expected_string", "expected str"),
                Arguments.of(new FieldType.Text(), null, "expected_string", "expected str"),
                Arguments.of(
                        new FieldType.Text(5, null, null), "four", "too_short", "length of value must be at least 5"),
                Arguments.of(
                        new FieldType.Text(null, 3, null), "four", "too_long", "length of value must be at most 3"),
                Arguments.of(
                        new FieldType.Text(null, null, FieldType.Format.EMAIL),
                        "nobody",
                        "invalid_format",
                        "expected an email address"),
                Arguments.of(
                        new FieldType.Text(null, null, FieldType.Format.URL),
                        "no url",
                        "invalid_format",
                        "expected a URL"),
                Arguments.of(new FieldType.Whole(), true, "expected_integer", "expected int"),
                Arguments.of(new FieldType.Whole(), 5.0, "expected_integer", "expected int"),
                Arguments.of(new FieldType.Whole(), "5", "expected_integer", "expected int"),
                Arguments.of(new FieldType.Whole(18L, null), 17L, "too_small", "value must be at least 18"),
                Arguments.of(new FieldType.Whole(null, 99L), 100L, "too_large", "value must be at most 99"),
                Arguments.of(new FieldType.Decimal(0.5, null), 0.4, "too_small", "value must be at least 0.5"),
                Arguments.of(new FieldType.Decimal(), "x", "expected_number", "expected float"),
                Arguments.of(new FieldType.Decimal(), Double.POSITIVE_INFINITY, "expected_number", "expected float"),
                Arguments.of(new FieldType.Flag(), "true", "expected_boolean", "expected bool"),
                Arguments.of(
                        new FieldType.Choice(COLORS), "blue", "not_an_option", "value must be one of ['green', 'red']"),
                Arguments.of(
                        new FieldType.MultiSelect(COLORS),
                        List.of("red", "invalid"),
                        "not_an_option",
                        "invalid is not a valid option"),
                Arguments.of(new FieldType.MultiSelect(COLORS), "red", "expected_list", "Not a list"),
                Arguments.of(new FieldType.Constant("a"), "b", "not_an_option", "not a valid value"),
                Arguments.of(new FieldType.Period(), Map.of("minutes", -1L), "too_small", "value must be at least 0"),
                Arguments.of(
                        new FieldType.Period(),
                        Map.of("years", 1L),
                        "invalid_duration",
                        "expected days, hours, minutes, seconds and milliseconds"),
                Arguments.of(new FieldType.OrNull(new FieldType.Text()), 5L, "expected_string", "expected str"),
                Arguments.of(selected(Selector.text()), List.of("a"), "expected_string", "expected str"),
                Arguments.of(
                        selected(Selector.text()),
                        "a\0b",
                        "invalid_text",
                        "expected a text without control characters"),
                Arguments.of(
                        selected(Selector.text()),
                        "\ud800",
                        "invalid_text",
                        "expected a text without control characters"),
                Arguments.of(
                        selected(Selector.text()),
                        "x".repeat(16_385),
                        "too_long",
                        "length of value must be at most 16384"),
                Arguments.of(
                        selected(new Selector.Text(null, true, null, null, null, null)),
                        "a",
                        "expected_list",
                        "Value should be a list"),
                Arguments.of(selected(Selector.number(5.0, 10.0)), 4L, "too_small", "Value 4 is too small"),
                Arguments.of(selected(Selector.number(5.0, 10.0)), 10.5, "too_large", "Value 10.5 is too large"),
                Arguments.of(selected(Selector.number(null, null)), "7", "expected_number", "expected float"),
                Arguments.of(selected(Selector.flag()), 1L, "expected_boolean", "expected bool"),
                Arguments.of(
                        selected(Selector.select("a", "b")), "c", "not_an_option", "value must be one of ['a', 'b']"),
                Arguments.of(
                        selected(Selector.duration()), Map.of("hours", -1L), "too_small", "value must be at least 0"),
                Arguments.of(
                        selected(Selector.duration()),
                        Map.of("days", 1e300),
                        "invalid_duration",
                        "expected a shorter time"),
                Arguments.of(selected(Selector.duration()), "5m", "expected_object", "expected a dictionary"));
    }

    @ParameterizedTest
    @MethodSource("valuesThatAreRefused")
    void aValueOfTheWrongKindIsRefusedWithASentenceAndACode(FieldType type, Object value, String code, String text) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("field", value);

        FormInput checked = Form.of(Field.required("field", type)).check(input);

        assertThat(checked).isEqualTo(new Refused(Map.of("field", text), Map.of("field", code)));
    }

    static Stream<Arguments> valuesThatAreAccepted() {
        return Stream.of(
                Arguments.of(new FieldType.Text(1, 5, null), "fünf5", "fünf5"),
                Arguments.of(new FieldType.Text(null, null, FieldType.Format.EMAIL), "a@example.org", "a@example.org"),
                Arguments.of(new FieldType.Text(null, null, FieldType.Format.URL), "http://host:1/", "http://host:1/"),
                Arguments.of(new FieldType.Whole(18L, 18L), 18L, 18L),
                Arguments.of(new FieldType.Decimal(null, null), 3L, 3.0),
                Arguments.of(new FieldType.MultiSelect(COLORS), List.of("red", "red"), List.of("red")),
                Arguments.of(new FieldType.OrNull(new FieldType.Text()), null, null),
                Arguments.of(new FieldType.Period(), Map.of("minutes", 2L), Map.of("minutes", 2L)),
                Arguments.of(selected(Selector.number(5.0, null)), 5L, 5L),
                Arguments.of(
                        selected(new Selector.Select(List.of(Selector.Option.of("a")), false, true, false, null, null)),
                        "my own",
                        "my own"),
                Arguments.of(
                        selected(new Selector.Period(null, null, true)), Map.of("hours", -1L), Map.of("hours", -1L)));
    }

    @ParameterizedTest
    @MethodSource("valuesThatAreAccepted")
    void aValueOfTheRightKindIsPassedOn(FieldType type, Object value, Object passedOn) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("field", value);

        assertThat(Form.of(Field.required("field", type)).check(input))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.values()).containsEntry("field", passedOn));
    }

    @Test
    void allProblemsAreToldAtOnceAndThoseOfNoFieldAsOneText() {
        Form form = Form.of(
                Field.required("latitude", new FieldType.Decimal()), Field.required("radius", new FieldType.Whole()));
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("invalid", 1L);
        input.put("invalid_2", 1L);
        input.put("radius", "far");

        assertThat(form.check(input))
                .isEqualTo(new Refused(
                        Map.of(
                                "base",
                                "extra keys not allowed @ data['invalid']; extra keys not allowed @ data['invalid_2']",
                                "latitude",
                                "required key not provided",
                                "radius",
                                "expected int"),
                        Map.of("base", "unknown_field", "latitude", "required", "radius", "expected_integer")));
    }

    @Test
    void aProblemInASectionBelongsToTheBaseWithItsPath() {
        Form form = Form.of(Field.required(
                "ssl_options", new FieldType.Section(Form.of(Field.required("verify", new FieldType.Flag())), true)));

        assertThat(form.check(Map.of("ssl_options", Map.of("verify", "no"))))
                .isEqualTo(new Refused(
                        Map.of("base", "expected bool for dictionary value @ data['ssl_options']['verify']"),
                        Map.of("base", "expected_boolean")));
        assertThat(form.check(Map.of("ssl_options", 1L)))
                .isEqualTo(new Refused(
                        Map.of("ssl_options", "expected a dictionary"), Map.of("ssl_options", "expected_object")));
        assertThat(form.check(Map.of("ssl_options", Map.of("verify", true))))
                .isEqualTo(new Accepted(Map.of("ssl_options", Map.of("verify", true))));
    }

    @Test
    void whatIsLeftOutTakesItsDefault() {
        Form form = Form.of(
                Field.required("port", new FieldType.Whole()).withDefault(443L),
                Field.optional("path", new FieldType.Text()).withDefault("/"),
                Field.optional("name", new FieldType.Text()));

        assertThat(form.check(Map.of())).isEqualTo(new Accepted(Map.of("port", 443L, "path", "/")));
    }

    @Test
    void aFormWithoutFieldsTakesAnything() {
        assertThat(Form.EMPTY.check(Map.of("anything", 1L))).isEqualTo(new Accepted(Map.of("anything", 1L)));
    }

    @Test
    void aSecretIsMaskedWhateverPrintsIt() {
        FormInput checked =
                Form.of(Field.required("token", Selector.password())).check(Map.of("token", "s3cr3t"));

        assertThat(checked).isEqualTo(new Accepted(Map.of("token", Secret.of("s3cr3t"))));
        assertThat(checked.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void aSecretIsNeitherADefaultNorSuggested() {
        Field token = Field.required("token", Selector.password());

        assertThatThrownBy(() -> token.withDefault("x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(token.withSuggestion("x").suggestedValue()).isNull();
        assertThatThrownBy(() -> new Field(
                        "token", new FieldType.Selected(Selector.password()), true, null, null, false, null, null))
                .hasMessageContaining("secret");
    }

    @Test
    void aBombOfUnknownKeysIsRefusedBrieflyAndFast() {
        Map<String, Object> input = IntStream.range(0, 100_000)
                .boxed()
                .collect(Collectors.toMap(i -> "__proto__" + "x".repeat(100) + i, i -> i));

        FormInput checked = Form.of(Field.required("a", new FieldType.Text())).check(input);

        assertThat(checked)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.errors().get("base")).hasSizeLessThan(4_000));
    }

    @Test
    void twoFieldsOfOneNameAndSectionsInSectionsAreNoForm() {
        Field twice = Field.required("a", new FieldType.Text());
        FieldType.Section section = new FieldType.Section(Form.of(twice), false);
        Form nested = Form.of(Field.required("outer", section));

        assertThatThrownBy(() -> Form.of(twice, twice)).hasMessageContaining("a");
        assertThatThrownBy(() -> new FieldType.Section(nested, false)).hasMessageContaining("sections");
    }

    private static FieldType selected(Selector selector) {
        return new FieldType.Selected(selector);
    }

    private static Map<String, String> options(String... values) {
        Map<String, String> options = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> options.put(value, value));
        return options;
    }
}
