package dev.latchkey.flow.connector.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {

    /** RFC 6570 section 1.2, levels 1 and 2. */
    @ParameterizedTest
    @CsvSource({
        "https://h/{x}, value, https://h/value",
        "https://h/{x}, Hello World!, https://h/Hello%20World%21",
        "https://h/{x}, a/b?c#d, https://h/a%2Fb%3Fc%23d",
        "https://h/{x}, ü, https://h/%C3%BC",
        "https://h/{x}, 50%25, https://h/50%2525",
        "https://h{x}/y, .example.com, https://h.example.com/y",
        "https://h/{+x}, a/b?c, https://h/a/b?c",
        "https://h/{+x}, a b, https://h/a%20b",
        "{+x}/api, http://h:1, http://h:1/api",
        "{+x}/api, http://h:1/, http://h:1/api",
        "{+x}/api, http://h:1/base//, http://h:1/base/api",
        "{+x}, http://h:1, http://h:1",
    })
    void valuesAreInsertedAsTheStandardSays(String template, String value, String expected) {
        assertThat(UrlTemplate.parse(template).expand(Map.of("x", value))).isEqualTo(expected);
    }

    @Test
    void aValueThatIsMissingIsNothingInAnAddressAndNoHeaderAtAll() {
        assertThat(UrlTemplate.parse("https://h/a{x}b").expand(Map.of())).isEqualTo("https://h/ab");
        assertThat(Template.parse("Bearer {x}").insert(Map.of())).isEmpty();
        assertThat(Template.parse("Bearer {x}").insert(Map.of("x", "a b/%"))).contains("Bearer a b/%");
        assertThat(Template.parse("plain").insert(Map.of())).contains("plain");
    }

    @Test
    void theFieldsBeforeThePathAreThoseThatHoldTheAddress() {
        assertThat(UrlTemplate.parse("{+host}/a/{b}").addressFields()).containsExactly("host");
        assertThat(UrlTemplate.parse("https://{a}.example.com:{port}/{b}").addressFields())
                .containsExactly("a", "port");
        assertThat(UrlTemplate.parse("https://api.example.com/{b}").addressFields())
                .isEmpty();
        assertThat(UrlTemplate.parse("https://api.example.com?{+b}").addressFields())
                .isEmpty();
        assertThat(UrlTemplate.parse("{+host}/a/{+b}").names()).containsExactly("host", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "204, OK",
        "299, OK",
        "401, INVALID_AUTH",
        "403, INVALID_AUTH",
        "404, CANNOT_CONNECT",
        "410, CANNOT_CONNECT",
        "408, CANNOT_CONNECT",
        "425, CANNOT_CONNECT",
        "429, CANNOT_CONNECT",
        "500, CANNOT_CONNECT",
        "503, CANNOT_CONNECT",
        "599, CANNOT_CONNECT",
        "302, CANNOT_CONNECT",
    })
    void statusesMeanWhatTheFormatSays(int status, Outcome expected) {
        assertThat(OutcomeRule.outcome(List.of(), status)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"400", "402", "405", "418", "100"})
    void nobodyForesawTheOthers(int status) {
        assertThat(OutcomeRule.outcome(List.of(), status)).isEmpty();
    }

    @Test
    void theFirstRuleOfAFileThatMatchesWinsAndTheDefaultsComeAfterAllOfThem() {
        var rules = List.of(
                new OutcomeRule(List.of(OutcomeRule.Statuses.parse("403").orElseThrow()), Outcome.OK),
                new OutcomeRule(List.of(OutcomeRule.Statuses.parse("4xx").orElseThrow()), Outcome.CANNOT_CONNECT));

        assertThat(OutcomeRule.outcome(rules, 403)).contains(Outcome.OK);
        assertThat(OutcomeRule.outcome(rules, 401)).contains(Outcome.CANNOT_CONNECT);
        assertThat(OutcomeRule.outcome(rules, 200)).contains(Outcome.OK);
    }
}
