package dev.latchkey.signing.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionLogTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/files/a|/files/a",
                "/files/a?authSig=secret|/files/a?authSig=***",
                "/files/a?x=secret&authSig=secret&flag|/files/a?x=***&authSig=***&***",
                "/files/a?secret|/files/a?***",
                "/files/../secret?secret|/files/../secret",
                "//evil#secret|//evil",
                "//a&authSig=secret|//a",
                "/a\u0007b?secret|/a\ufffdb"
            })
    void valuesOfQueriesAreMasked(String target, String shown) {
        assertThat(DecisionLog.target(Original.of("GET", target))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"/", "//"})
    void aLineIsNotLongerThanItNeedsToBe(String start) {
        assertThat(DecisionLog.target(Original.of("GET", start + "a".repeat(8_000))))
                .hasSizeLessThan(310);
    }
}
