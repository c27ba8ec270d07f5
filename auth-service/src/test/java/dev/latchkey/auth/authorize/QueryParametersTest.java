package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    @Test
    void anEmptyParameterIsTheSameAsNone() throws Exception {
        QueryParameters query = QueryParameters.read("state=&scope");

        assertThat(query.get("state")).isNull();
        assertThat(query.get("scope")).isNull();
        assertThat(query.get("client_id")).isNull();
    }

    @Test
    void noQueryHasNoParameters() throws Exception {
        assertThat(QueryParameters.read(null).get("state")).isNull();
    }

    @Test
    void aPlusIsASpace() throws Exception {
        assertThat(QueryParameters.read("state=a+b%2Bc%20d").get("state")).isEqualTo("a b+c d");
    }

    @Test
    void anEncodedNameIsTheSameName() throws Exception {
        assertThat(QueryParameters.read("state=1&%73tate=2").repeats("state")).isTrue();
    }

    @Test
    void twoEmptyOnesAreARepetition() throws Exception {
        assertThat(QueryParameters.read("state=&state=").repeats("state")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%ff", "a=%c3%28", "a=%ed%a0%80", "a=\u00e9", "%=a"})
    void whatCannotBeDecodedWithoutLossIsRefused(String raw) {
        assertThatThrownBy(() -> QueryParameters.read(raw)).isInstanceOf(QueryParameters.MalformedException.class);
    }

    @Property
    void whateverWasEncodedIsDecoded(@ForAll String value) throws Exception {
        // URLEncoder itself replaces lone surrogates.
        String sent = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String raw = "a=1&state=" + URLEncoder.encode(sent, StandardCharsets.UTF_8) + "&b";

        assertThat(QueryParameters.read(raw).get("state")).isEqualTo(sent.isEmpty() ? null : sent);
    }
}
