package dev.latchkey.platform.message;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.message.MessageSchema.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSchemaTest {

    private static final MessageSchema SCHEMA =
            MessageSchema.of(required("name", Kind.STRING), optional("days", Kind.INTEGER));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|required key not provided @ data['name']",
                "{\"name\":5}|expected str for dictionary value @ data['name']",
                "{\"name\":null}|expected str for dictionary value @ data['name']",
                "{\"name\":\"a\",\"x\":1}|extra keys not allowed @ data['x']",
                "{\"name\":\"a\",\"days\":1.0}|expected int for dictionary value @ data['days']",
                "{\"name\":\"a\",\"days\":\"1\"}|expected int for dictionary value @ data['days']",
                "{\"name\":\"a\",\"days\":true}|expected int for dictionary value @ data['days']",
                "{\"name\":\"a\",\"days\":9999999999}|expected int for dictionary value @ data['days']",
                "[]|expected a dictionary",
                "null|expected a dictionary",
                "\"text\"|expected a dictionary"
            })
    void theSentencesAreThoseThatClientsKnow(String message, String problem) {
        assertThat(problemOf(SCHEMA, message).getMessage()).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"name\":\"a\"}", "{\"name\":\"\",\"days\":-1}", "{\"days\":5,\"name\":\"a\"}"})
    void aMessageOfTheFormPasses(String message) {
        assertThatCode(() -> SCHEMA.check(json(message))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROVIDER|[\"homeassistant\",null]|true",
                "PROVIDER|[\"homeassistant\",\"x\"]|true",
                "PROVIDER|[\"homeassistant\"]|false",
                "PROVIDER|[null,null]|false",
                "PROVIDER|\"homeassistant\"|false",
                "NULLABLE_STRING|null|true",
                "NULLABLE_STRING|\"a\"|true",
                "NULLABLE_STRING|5|false",
                "BOOLEAN|true|true",
                "BOOLEAN|1|false",
                "STRINGS|[\"a\",\"b\"]|true",
                "STRINGS|[]|true",
                "STRINGS|[1]|false",
                "INTEGERS_BY_NAME|{\"a\":1}|true",
                "INTEGERS_BY_NAME|{\"a\":\"1\"}|false",
                "ANY|{\"a\":[]}|true"
            })
    void everyKindOfValueIsJudgedByItsForm(Kind kind, String value, boolean accepted) {
        MessageSchema schema = MessageSchema.of(required("v", kind));
        String message = "{\"v\":" + value + "}";
        if (accepted) {
            assertThatCode(() -> schema.check(json(message))).doesNotThrowAnyException();
        } else {
            assertThat(problemOf(schema, message)).isNotNull();
        }
    }

    @Test
    void aValueIsShownOnlyWhereItCannotBeASecret() {
        assertThat(problemOf(SCHEMA, "{\"name\":\"a\",\"x\":1}").messageWithValue())
                .endsWith(". Got 1");
        assertThat(problemOf(SCHEMA, "{\"name\":\"a\",\"x\":\"secret\"}").messageWithValue())
                .isEqualTo("extra keys not allowed @ data['x']");
        assertThat(problemOf(SCHEMA, "{\"name\":[\"secret\"]}").messageWithValue())
                .doesNotContain("secret");
    }

    @Test
    void aTextThatTheDatabaseWouldRefuseOrChangeIsNoText() {
        for (String escaped : new String[] {"\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800"}) {
            assertThat(problemOf(SCHEMA, "{\"name\":\"" + escaped + "\"}").getMessage())
                    .isEqualTo("expected str for dictionary value @ data['name']");
        }
        assertThatCode(() -> SCHEMA.check(json("{\"name\":\"\\ud83d\\ude00\\t\"}")))
                .doesNotThrowAnyException();
    }

    @Test
    void aLongKeyIsCut() {
        assertThat(problemOf(SCHEMA, "{\"" + "x".repeat(1_000) + "\":1}").getMessage())
                .hasSizeLessThan(120);
    }

    private static MalformedMessageException problemOf(MessageSchema schema, String message) {
        return catchThrowableOfType(MalformedMessageException.class, () -> schema.check(json(message)));
    }

    private static JsonNode json(String text) {
        return JsonMessages.parse(text).orElseThrow();
    }
}
