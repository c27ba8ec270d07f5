package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawQueriesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "state={a}|b state=%7Ba%7D%7Cb",
                "state=100% state=100%25",
                "state=%zz&x=%41 state=%25zz&x=%41",
                "a=%7b&b=c+d&r=https://a/?x&s=#y a=%7b&b=c+d&r=https://a/?x&s=%23y",
                "\u00c3\u00a9 %C3%A9",
            })
    void whatIsNotEncodedMeansItself(String raw, String encoded) {
        assertThat(RawQueries.encode(raw)).isEqualTo(encoded);
    }

    @Property
    void everyQueryBecomesOneThatCanBeRead(@ForAll @CharRange(from = '!', to = 'ÿ') String raw) {
        String encoded = RawQueries.encode(raw);

        assertThat(URI.create("http://a/?" + encoded).getRawQuery()).isEqualTo(encoded);
        assertThat(RawQueries.encode(encoded)).isEqualTo(encoded);
    }
}
