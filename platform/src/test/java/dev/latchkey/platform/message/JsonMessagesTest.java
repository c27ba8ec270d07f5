package dev.latchkey.platform.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "5",
                "-0.5e3",
                "\"text\"",
                " {\"a\":[1,{\"b\":null}]} ",
                "{\"a\":\"\\u0000\"}"
            })
    void whatTheStandardCallsJsonIsRead(String text) {
        assertThat(JsonMessages.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{}{}",
                "{} x",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "[1,]",
                "NaN",
                "Infinity",
                "01",
                "+1",
                "0x10",
                "\"\n\"",
                "/* */ {}",
                "# x\n{}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "undefined"
            })
    void anythingElseIsNot(String text) {
        assertThat(JsonMessages.parse(text)).isEmpty();
    }

    @Test
    void nothingIsNoJson() {
        assertThat(JsonMessages.parse(null)).isEmpty();
    }

    @Test
    void depthAndNumbersHaveALimit() {
        assertThat(JsonMessages.parse("[".repeat(32) + "]".repeat(32))).isPresent();
        assertThat(JsonMessages.parse("[".repeat(33) + "]".repeat(33))).isEmpty();
        assertThat(JsonMessages.parse("[".repeat(100_000))).isEmpty();
        assertThat(JsonMessages.parse("{\"a\":".repeat(100_000))).isEmpty();
        assertThat(JsonMessages.parse("9".repeat(32))).isPresent();
        assertThat(JsonMessages.parse("9".repeat(33))).isEmpty();
    }
}
