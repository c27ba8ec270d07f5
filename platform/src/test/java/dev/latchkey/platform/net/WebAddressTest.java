package dev.latchkey.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://ex.com, http, ex.com, 80",
        "HTTPS://EX.com/, https, ex.com, 443",
        "http://ex.com:, http, ex.com:, 80",
        "http://ex.com:0, http, ex.com:0, 0",
        "http://ex.com:00080/x, http, ex.com:00080, 80",
        "http://[::1]:8123/, http, [::1]:8123, 8123",
        "http://127.0.0.1:9000?x#y, http, 127.0.0.1:9000, 9000",
        "http://my_app.local, http, my_app.local, 80",
        "http://xn--bcher-kva.example, http, xn--bcher-kva.example, 80",
        "https://ex.com./x, https, ex.com., 443",
    })
    void readsSchemeAuthorityAndPort(String text, String scheme, String authority, int port) {
        WebAddress address = WebAddress.parse(text).orElseThrow();

        assertThat(address.scheme()).isEqualTo(scheme);
        assertThat(address.authority()).isEqualTo(authority);
        assertThat(address.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "foo",
                "http:",
                "https://",
                "http:///x",
                "http:foo",
                "http:/ex.com",
                "//ex.com",
                "ftp://ex.com",
                "http://@ex.com",
                "http://user@ex.com",
                "http://user:pass@ex.com",
                "http://ex.com:abc",
                "http://ex.com:65536",
                "http://ex.com:99999",
                "http://ex.com:-1",
                "http://ex.com:8080:80",
                "http://ex com/",
                "http://ex.com/a b",
                "http://ex.com\\@evil.com",
                "http://ex.com/\t",
                "http://ex.com/\r\nHost: evil",
                "\nhttp://ex.com",
                "http://ex.com/\u0000",
                "http://bücher.example",
                "http://ex\u3002com",
                "http://ex.com/\u202egpj",
                "http://[bad",
                "http://[::1",
                "http://::1]/",
                "http://[]/",
                "http://[127.0.0.1]/",
                "http://[::1]x/",
                "http://[fe80::1%25eth0]/",
                "http://[v1.x]/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://2130706433/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://127.0.0.01/",
                "http://256.1.1.1/",
                "http://1.2.3/",
                "http://foo.0x/",
                "http://ex..com/",
                "http://.ex.com/",
                "http://ex.com../",
                "http://-ex.com/",
                "http://ex%2ecom/",
                "http://ex.com;x/",
                "http://*/",
            })
    void refusesWhatTwoParsersCouldReadDifferently(String text) {
        assertThat(WebAddress.parse(text)).isEmpty();
    }

    @Test
    void refusesNullAndOverlongTextLabelsAndNames() {
        assertThat(WebAddress.parse(null)).isEmpty();
        assertThat(WebAddress.parse("http://ex.com/" + "a".repeat(2048))).isEmpty();
        assertThat(WebAddress.parse("http://" + "a".repeat(64) + ".com")).isEmpty();
        assertThat(WebAddress.parse("http://" + "a".repeat(63) + ".com")).isPresent();
        assertThat(WebAddress.parse("http://" + "a.".repeat(140) + "com")).isEmpty();
        assertThat(WebAddress.parse("http://" + "a".repeat(2000))).isEmpty();
        assertThat(WebAddress.parse("http://ex.com/" + "/..;".repeat(500))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/., true",
        "/.., true",
        "/a/./b, true",
        "/a/../b, true",
        "/..;x, true",
        "/a/..;x/b, true",
        "/..., false",
        "/.x, false",
        "/x., false",
        "/%2e%2e/b, false",
        "/a.b/c, false",
        "'', false",
        "/, false",
    })
    void findsDotSegmentsAsWritten(String path, boolean expected) {
        assertThat(WebAddress.parse("http://ex.com" + path).orElseThrow().hasDotSegments())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%2e%2e/b", "/.%2E", "/a/%2e/b", "/a%2f..%2fb", "/a%5c..%5cb", "/%2e%2e;x", "/a%00b"})
    void findsDotSegmentsThatDecodingWouldMake(String path) {
        assertThat(WebAddress.parse("http://ex.com" + path).orElseThrow().hasEncodedDotSegments())
                .isTrue();
    }

    @Test
    void originsAreComparedTextuallyButForCase() {
        WebAddress origin = WebAddress.parse("http://ex.com/app").orElseThrow();

        assertThat(origin.sameOrigin(WebAddress.parse("HTTP://EX.COM/cb?x#y").orElseThrow()))
                .isTrue();
        for (String other : new String[] {
            "http://ex.com:80", "http://ex.com:", "http://ex.com.", "https://ex.com", "http://a.ex.com"
        }) {
            assertThat(origin.sameOrigin(WebAddress.parse(other).orElseThrow()))
                    .as(other)
                    .isFalse();
        }
    }

    @RepeatedTest(20)
    void neverThrowsAndNeverReadsMoreThanItKeeps(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        String alphabet = "htps:/@[]%.0x1a\\?#; \t\u0000ü-_~|{}\"<>";
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "http://" : "");
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            WebAddress.parse(text.toString())
                    .ifPresent(a -> assertThat(a.scheme() + "://" + a.authority() + a.path() + a.query() + a.fragment())
                            .isEqualToIgnoringCase(text.toString()));
        }
    }
}
