package dev.latchkey.flow.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.connector.definition.Connector;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file says, it is a connector or there is a line to point at. */
class ConnectorReaderPropertyTest {

    private static final List<String> LINES = ConnectorReaderTest.WHOLE.lines().toList();

    @Property(tries = 1000)
    void aFileWithALineChangedIsReadOrRefusedWithALineOfIt(
            @ForAll("lines") int line, @ForAll("replacements") String replacement) {
        judge(with(line, replacement));
    }

    @Property(tries = 1000)
    void aFileWithAValueChangedIsReadOrRefusedWithALineOfIt(@ForAll("lines") int line, @ForAll("values") String value) {
        judge(with(line, LINES.get(line).replaceFirst(":.*", ": " + java.util.regex.Matcher.quoteReplacement(value))));
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll String text) {
        judge(text);
    }

    @Provide
    Arbitrary<Integer> lines() {
        return Arbitraries.integers().between(0, LINES.size() - 1);
    }

    @Provide
    Arbitrary<String> replacements() {
        return Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.of(LINES),
                Arbitraries.of(LINES).map(String::strip),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "~",
                        "null",
                        "[]",
                        "{}",
                        "[[]]",
                        "[~]",
                        "{a: b}",
                        "true",
                        "-1",
                        "1e9",
                        "0",
                        "''",
                        "\"\"",
                        "2d",
                        "{text: ~}",
                        "{select: {options: [a, a]}}",
                        "{number: {min: 1, max: 2, step: {}}}",
                        "[{}]",
                        "[1, 2]",
                        "{+host}",
                        "'{+host}'",
                        "'{x}'",
                        "/~1",
                        "999999999999999999999"),
                Arbitraries.strings().ofMaxLength(20));
    }

    private static String with(int line, String replacement) {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < LINES.size(); i++) {
            file.append(i == line ? replacement : LINES.get(i)).append('\n');
        }
        return file.toString();
    }

    private static void judge(String file) {
        try {
            Connector connector = ConnectorReader.read("grafana", file);
            assertThat(connector.domain()).isEqualTo("grafana");
        } catch (DefinitionException e) {
            assertThat(e.line())
                    .isBetween(1, (int) file.chars().filter(c -> c == '\n').count() + 2);
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }
}
