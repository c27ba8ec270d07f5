package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ex.com",
                "https://ex.com/",
                "HTTP://EX.com",
                "HtTpS://ex.com", // IA-01
                "http://ex.com/hello/.yo",
                "http://ex.com/.../x",
                "http://ex.com/x.",
                "http://ex.com/%2e%2e/b", // IA-05
                "http://ex.com:",
                "http://ex.com:0",
                "http://ex.com:65535",
                "http://ex.com:8123/", // IA-08
                "http://ex.com/#",
                "http://ex.com/?a=b&c=../d",
                "http://ex.com?x",
                "http://127.0.0.1",
                "http://127.0.0.0",
                "http://10.0.0.0",
                "http://10.255.255.255:1/",
                "http://172.16.0.0",
                "http://172.31.255.255",
                "http://192.168.0.0",
                "http://192.168.255.255",
                "http://169.254.0.1",
                "http://[::1]",
                "http://[::1]:8123/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[::ffff:192.168.0.10]:80/",
                "http://localhost",
                "http://localhost:3000/app",
                "http://homeassistant.local:8123",
                "http://my_app:8080/",
                "https://xn--bcher-kva.example/",
                "https://home-assistant.io/iOS",
                "https://home-assistant.io/android",
            })
    void webAddressesAndLocalIpsAreClientIds(String text) {
        assertThat(ClientId.parse(text)).map(ClientId::value).contains(text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "ftp://ex.com",
                "foo",
                "homeassistant://x",
                "javascript:alert(1)", // IA-02
                "http://ex.com/.",
                "http://ex.com/hello/./yo",
                "http://ex.com/hello/../yo",
                "http://ex.com/..;x", // IA-04
                "http://ex.com/.;x",
                "http://ex.com/..;x/y",
                "http://ex.com/#yo",
                "http://ex.com#a",
                "http://user@ex.com",
                "http://user:pass@ex.com",
                "http://@ex.com",
                "http://:@ex.com", // IA-07
                "http://ex.com:abc",
                "http://ex.com:99999",
                "http://ex.com:65536",
                "http://ex.com:-1", // IA-08
                "http://255.255.255.255",
                "http://11.0.0.0",
                "http://172.32.0.0",
                "http://192.167.0.0",
                "http://8.8.8.8",
                "http://0.0.0.0",
                "http://100.64.0.1",
                "http://[2001:db8::1]",
                "http://[::]", // IA-10
                "http://8.8.8.8:8123/",
                "http://[2001:db8::1]:8123/",
                "http://[::ffff:8.8.8.8]/", // IA-11, A8
                "http://2130706433/",
                "http://0x7f.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://127.0.0.1.5/",
                "http://ex.com.0x1/",
                "http://1/",
                "https://",
                "http:///x",
                "http:foo",
                "http:/ex.com/",
                "http://?x",
                "http://#",
                "http://[bad",
                "http://bad]",
                "http://[::1",
                "http://[]",
                "http://[::1]]",
                "http://[::1%25lo]/",
                "http://ex com/",
                "http://ex.com/a b",
                "http://ex.com\\x",
                "http://ex.com/\t",
                "http://ex.com/\n",
                "\thttp://ex.com",
                "http://ex.com/\u0000",
                "http://ex.com/\u007f",
                "http://b\u00fccher.example",
                "http://ex.com/\u202e",
                "http://\u24d4\u24e7.com",
                "http://ex\uff0ecom",
                "http://ex%2ecom",
                "http://.",
                "http://..",
                "http://-",
            })
    void everythingElseIsNone(String text) {
        assertThat(ClientId.parse(text)).isEmpty();
    }

    @Test
    void overlongIdsAndLabelsAreNone() {
        assertThat(ClientId.parse("https://ex.com/" + "a".repeat(2033))).isPresent();
        assertThat(ClientId.parse("https://ex.com/" + "a".repeat(2034))).isEmpty();
        assertThat(ClientId.parse("https://" + "a".repeat(300) + ".com/")).isEmpty();
    }

    @Test
    void thePersonIsShownHostAndPortInLowerCase() {
        assertThat(ClientId.parse("https://App.Example.COM:8443/x")
                        .orElseThrow()
                        .host())
                .isEqualTo("app.example.com:8443");
    }

    /** Seeded random generation. */
    @RepeatedTest(20)
    void readingNeverThrowsAndKeepsTheTextAsGiven(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        for (int i = 0; i < 1000; i++) {
            StringBuilder text = new StringBuilder(i % 3 == 0 ? "" : "https://");
            random.ints(random.nextInt(30), 0, i % 2 == 0 ? 128 : 0x3000).forEach(text::appendCodePoint);
            String given = text.toString();

            assertThat(ClientId.parse(given).map(ClientId::value).orElse(given)).isEqualTo(given);
            RedirectUris.problem(given);
        }
    }
}
