package dev.latchkey.platform.request;

import static dev.latchkey.platform.request.RequestTargetTest.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetPropertyTest {

    private static final String HEX_PAIR = "%[0-9A-Fa-f]{2}";

    @Property
    void whatIsWrittenIsReadAsWhatWasMeant(@ForAll("paths") String path, @ForAll("queries") List<Parameter> query) {
        RequestTarget target = RequestTarget.of(path, query).target().orElseThrow();

        assertThat(target.path()).isEqualTo(path);
        assertThat(target.query()).isEqualTo(query);
        assertThat(target.canonical()).isEqualTo(target.raw());
        assertThat(read(target.raw())).isEqualTo(target);
    }

    @Property
    void whatIsReadCanBeWritten(@ForAll("targets") String raw) {
        accepted(raw, target -> {
            RequestTarget written =
                    RequestTarget.of(target.path(), target.query()).target().orElseThrow();

            assertThat(written.means(target)).isTrue();
            assertThat(written.raw()).isEqualTo(target.canonical());
            assertThat(written.rawPath()).isEqualTo(target.canonicalPath());
            assertThat(written.canonical()).isEqualTo(target.canonical());
        });
    }

    @Property
    void whatIsTypedIsSentAsItIsMeant(@ForAll("paths") String path) {
        String typed = path.replace("%", "%25");

        assertThat(RequestTarget.typed(typed).target().orElseThrow().path()).isEqualTo(path);
    }

    @Property
    void whatCanBeSentCanBeTyped(@ForAll("targets") String raw) {
        assertThat(RequestTarget.typed(raw)).isEqualTo(RequestTarget.parse(raw));
    }

    @Property
    void nothingOfWhatIsReadIsLostOrAdded(@ForAll("targets") String raw) {
        accepted(raw, target -> {
            String query = raw.contains("?") ? "?" + String.join("&", target.rawPairs()) : "";

            assertThat(target.raw()).isEqualTo(raw).isEqualTo(target.rawPath() + query);
            assertThat(target.rawPairs()).hasSameSizeAs(target.query());
        });
    }

    @Property(tries = 5000)
    void howeverOftenAPathIsDecodedItNeverLeavesItsFolder(@ForAll("hostilePaths") String raw) {
        accepted(raw, target -> {
            String path = target.path();
            for (String before = ""; !before.equals(path); path = decodedLeniently(path)) {
                before = path;
                assertThat(path)
                        .startsWith("/")
                        .doesNotContain("//", "\\", ";", "?", "#", "\0", "\ufffd")
                        .doesNotMatch("(?s).*[\\x00-\\x1f\\x7f].*")
                        .doesNotMatch("(?s).*/\\.{1,2}(/.*)?");
                assertThat(path.chars().filter(c -> c == '/').count())
                        .isEqualTo(
                                target.rawPath().chars().filter(c -> c == '/').count());
            }
        });
    }

    @Property
    void anAcceptedTargetIsTheUriItLooksLike(@ForAll("targets") String raw) {
        accepted(raw, target -> {
            URI path = URI.create("http://home.example" + target.rawPath());
            assertThat(path.getPath()).isEqualTo(target.path());
            assertThat(path.normalize()).isEqualTo(path);
            assertThat(path.getHost()).isEqualTo("home.example");

            URI whole = URI.create("http://home.example" + target.canonical());
            assertThat(whole.getPath()).isEqualTo(target.path());
            assertThat(Optional.ofNullable(whole.getRawQuery()))
                    .isEqualTo(Optional.of(target.canonical()
                                    .substring(target.canonicalPath().length()))
                            .filter(query -> !query.isEmpty())
                            .map(query -> query.substring(1)));
        });
    }

    @Property(tries = 2000)
    void nothingThatIsSentMakesItThrow(@ForAll byte[] octets) {
        RequestTarget.parse(new String(octets, ISO_8859_1));
        RequestTarget.parse("/" + new String(octets, ISO_8859_1));
        RequestTarget.parse("/?" + new String(octets, UTF_8));
        RequestTarget.typed("/" + new String(octets, UTF_8));
    }

    @Property(tries = 2000)
    void nothingThatIsWrittenMakesItThrow(@ForAll String path, @ForAll String name, @ForAll String value) {
        List<Parameter> query = List.of(new Parameter(name, value));
        RequestTarget.typed("/" + path + "?" + name);
        RequestTarget.of(path, query);
        RequestTarget.of("/", query)
                .target()
                .ifPresent(target -> assertThat(target.query()).isEqualTo(query));
        RequestTarget.of("/" + path, List.of())
                .target()
                .ifPresent(target -> assertThat(target.path()).isEqualTo("/" + path));
    }

    @Property(tries = 100)
    void oneOtherOctetIsAnotherTarget(@ForAll("targets") String raw) {
        accepted(raw, RequestTargetPropertyTest::requireThatEveryMutationDiffers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?",
                "/api/echo/a%20b~%c3%a9?flag&a=1&a=2&empty=&q=x+y%2b%26#",
                "/local/100%25/saved%2520name?width=1&=&&height=%7b%7D&authSig=a.b-c_d"
            })
    void oneOtherOctetIsAnotherTargetWhereverItStands(String raw) {
        requireThatEveryMutationDiffers(read(raw.replace("#", "")));
    }

    /** Every octet replaced, removed and put in, with every octet there is. */
    private static void requireThatEveryMutationDiffers(RequestTarget target) {
        String raw = target.raw();
        for (int i = 0; i <= raw.length(); i++) {
            String before = raw.substring(0, i);
            String after = raw.substring(Math.min(i + 1, raw.length()));
            requireDifferent(target, before + after);
            for (char c = 0; c < 256; c++) {
                requireDifferent(target, before + c + after);
                requireDifferent(target, before + c + raw.substring(i));
            }
        }
    }

    private static void requireDifferent(RequestTarget target, String mutation) {
        boolean same =
                RequestTarget.parse(mutation).target().filter(target::means).isPresent();
        if (same) {
            assertThat(plain(mutation)).as(mutation).isEqualTo(plain(target.raw()));
        }
    }

    /** Without what may differ by one octet between two spellings: case of hexadecimal digits, and {@code =} before nothing. */
    private static String plain(String raw) {
        String upper = Pattern.compile(HEX_PAIR)
                .matcher(raw)
                .replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT));
        int question = upper.indexOf('?');
        return question < 0
                ? upper
                : upper.substring(0, question)
                        + upper.substring(question).replaceAll("(?<=[?&][^=&]{0,200})=(?=&|$)", "");
    }

    /** As careless as decoders get: what is no escape stays, what is no UTF-8 becomes U+FFFD. */
    private static String decodedLeniently(String path) {
        StringBuilder octets = new StringBuilder();
        String text = new String(path.getBytes(UTF_8), ISO_8859_1);
        for (int i = 0; i < text.length(); i++) {
            if (text.substring(i).matches("(?s)" + HEX_PAIR + ".*")) {
                octets.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                octets.append(text.charAt(i));
            }
        }
        return new String(octets.toString().getBytes(ISO_8859_1), UTF_8);
    }

    private static void accepted(String raw, Consumer<RequestTarget> check) {
        RequestTarget.parse(raw).target().ifPresent(check);
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> segment = Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(8),
                        Arbitraries.strings()
                                .withChars("aB1-._~!$&'()*+,=:@ %é€")
                                .ofMaxLength(8))
                .map(text -> "s" + text)
                .filter(text -> RequestTarget.of("/" + text, List.of()).target().isPresent())
                .filter(text -> !text.contains("/"));
        return segment.list().ofMaxSize(5).map(segments -> "/" + String.join("/", segments));
    }

    @Provide
    Arbitrary<List<Parameter>> queries() {
        Arbitrary<String> text = Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(8),
                        Arbitraries.strings().withChars("aB1&=+%;# ?/é\r\n").ofMaxLength(8))
                .filter(value -> UTF_8.newEncoder().canEncode(value) && !value.contains("\0"));
        return Combinators.combine(text, text).as(Parameter::new).list().ofMaxSize(5);
    }

    /** Mostly accepted, in all the spellings that are. */
    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> inPath = Arbitraries.of(
                "a",
                "B",
                "7",
                "x/",
                "-",
                "._",
                "~",
                "%7e",
                "%7E",
                "%2d",
                "!",
                "$&'()*+,=:@",
                "%3a",
                "%40",
                "%20",
                "%25",
                "%2520",
                "%c3%a9",
                "%C3%A9",
                "%e2%82%ac",
                "/",
                ".",
                "%5B");
        Arbitrary<String> inQuery = Arbitraries.of(
                "a",
                "%61",
                "&",
                "=",
                "+",
                "%2B",
                "%20",
                "%26",
                "%3d",
                "?",
                "/",
                ";",
                "[",
                "|",
                "\\",
                "{",
                "%c3%a9",
                "%0a",
                "%252e",
                "..",
                "width=1&",
                "authSig=");
        Arbitrary<String> path = inPath.list().ofMaxSize(8).map(pieces -> "/" + String.join("", pieces));
        Arbitrary<String> query = inQuery.list().ofMaxSize(8).map(pieces -> "?" + String.join("", pieces));
        return Combinators.combine(path, Arbitraries.oneOf(Arbitraries.just(""), query))
                .as(String::concat);
    }

    @Provide
    Arbitrary<String> hostilePaths() {
        return Arbitraries.of(
                        "/", "a", ".", "%", "%25", "25", "2e", "2f", "5c", "00", "%2e", "%2F", "%5c", "%252e", "%253b",
                        "%2520", "20", "%25C3", "%25A9", "%c3%a9", "%C0%AE", ";", "\\", "3", "%33", "%2525", "%250a")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(pieces -> "/" + String.join("", pieces));
    }
}
