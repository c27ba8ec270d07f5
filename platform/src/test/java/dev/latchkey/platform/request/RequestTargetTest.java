package dev.latchkey.platform.request;

import static dev.latchkey.platform.request.RequestTarget.MAX_LENGTH;
import static dev.latchkey.platform.request.RequestTarget.MAX_PARAMETERS;
import static dev.latchkey.platform.request.RequestTarget.MAX_SEGMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.request.TargetResult.Reason;
import dev.latchkey.platform.request.TargetResult.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    static RequestTarget read(String raw) {
        return RequestTarget.parse(raw).target().orElseThrow(() -> new AssertionError("refused: " + raw));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            nullValues = "-",
            value = {
                "/	/	/",
                "/a/b	/a/b	/a/b",
                "/a/b/	/a/b/	/a/b/",
                "/a%20b	/a b	/a%20b",
                "/%c3%a9t%C3%A9	/été	/%C3%A9t%C3%A9",
                "/%F0%9F%94%91	/🔑	/%F0%9F%94%91",
                "/~a%7Eb%7ec%2Dd%5fe	/~a~b~c-d_e	/~a~b~c-d_e",
                "/a:b@c!$&'()*+,=	/a:b@c!$&'()*+,=	/a:b@c!$&'()*+,=",
                "/a%3Ab%40c%2B%26%3d	/a:b@c+&=	/a:b@c+&=",
                "/%5B%5d%7B%7C%7D%5E%22%3C%3E%60	/[]{|}^\"<>`	/%5B%5D%7B%7C%7D%5E%22%3C%3E%60",
                "/100%25	/100%	/100%25",
                "/50%25%20off	/50% off	/50%25%20off",
                "/saved%2520name	/saved%20name	/saved%2520name",
                "/a/.well-known/..b/c..	/a/.well-known/..b/c..	/a/.well-known/..b/c..",
                "/...	/...	/...",
                "/a?b/../c//d%2F%5C	/a	/a",
            })
    void aPathIsSeenAsReceivedDecodedAndInItsCanonicalSpelling(String raw, String path, String canonical) {
        RequestTarget target = read(raw);

        assertThat(target.raw()).isEqualTo(raw);
        assertThat(target.rawPath()).isEqualTo(raw.split("\\?", 2)[0]);
        assertThat(target.path()).isEqualTo(path);
        assertThat(target.canonicalPath()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            value = {
                "/a	",
                "/a?	=",
                "/a?=	=",
                "/a?b	b=",
                "/a?b=	b=",
                "/a?a=1&a=2&b=3	a=1|a=2|b=3",
                "/a?b=3&a=1	b=3|a=1",
                "/a?a=1&	a=1|=",
                "/a?&a=1	=|a=1",
                "/a?a=1&&b=2	a=1|=|b=2",
                "/a?a==b=	a==b=",
                "/a?a=b+c%20d%2Be	a=b c d+e",
                "/a?%61%3Db=1	a=b=1",
                "/a?a=1;b=2	a=1;b=2",
                "/a?a=1%26b=2	a=1&b=2",
                "/a?q=/b?c	q=/b?c",
                "/a?q=%2F..%2f%5C%23%3f%3B	q=/../\\#?;",
                "/a?q=%252e%252F	q=%2e%2F",
                "/a?%C3%A9=%e2%82%ac	é=€",
                "/a?q={[^`\\]}<\">	q={[^`\\]}<\">",
            })
    void aQueryIsAnOrderedListOfDecodedPairs(String raw, String pairs) {
        List<String> seen =
                read(raw).query().stream().map(p -> p.name() + "=" + p.value()).toList();

        assertThat(seen).isEqualTo(pairs == null ? List.of() : List.of(pairs.split("\\|", -1)));
    }

    @Test
    void aRawPipeIsAcceptedInAQueryOnly() {
        assertThat(read("/a?b|c").query()).containsExactly(new Parameter("b|c", ""));
        assertThat(RequestTarget.parse("/a|b")).isEqualTo(new Refused(Reason.ILLEGAL_CHARACTER));
    }

    @Test
    void aLineEndInAQueryIsAValueLikeAnyOther() {
        assertThat(read("/a?state=x%0D%0Ay").query()).containsExactly(new Parameter("state", "x\r\ny"));
    }

    @Test
    void aFlagMeansWhatItsBlankValueMeansButIsRemembered() {
        RequestTarget flag = read("/a?flag");
        RequestTarget blank = read("/a?flag=");

        assertThat(flag.means(blank)).isTrue();
        assertThat(flag.rawPairs()).containsExactly("flag");
        assertThat(blank.rawPairs()).containsExactly("flag=");
        assertThat(flag.canonical()).isEqualTo(blank.canonical()).isEqualTo("/a?flag=");
        assertThat(flag).isNotEqualTo(blank);
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a/",
        "/a, /A",
        "/a, /a?",
        "/a?, /a?&",
        "/a?b=1, /a?B=1",
        "/a?b=1, /a?b=1&",
        "/a?b=1, /a?b=1&b=1",
        "/a?b=1&c=2, /a?c=2&b=1",
        "/a?b=1&c=2, /a?b=1%26c=2",
        "/a?b=1&c=2, /a?b=1;c=2",
        "/a?b=+, /a?b=%2B",
        "/a+b, /a%20b",
        "/%C3%A9, /e%CC%81",
    })
    void whatIsNotTheSameIsNotTakenForTheSame(String one, String other) {
        assertThat(read(one).means(read(other))).isFalse();
        assertThat(read(one).canonical()).isNotEqualTo(read(other).canonical());
    }

    @ParameterizedTest
    @CsvSource({
        "/a%c3%a9, /a%C3%A9",
        "/~x, /%7ex",
        "/a:b, /a%3Ab",
        "/a?b+c=d, /a?b%20c=%64",
        "/a?b=[], /a?b=%5b%5d",
    })
    void spellingsOfTheSameMeanTheSame(String one, String other) {
        assertThat(read(one).means(read(other))).isTrue();
        assertThat(read(one).canonical()).isEqualTo(read(other).canonical());
    }

    @Test
    void lengthAndNumbersAreBounded() {
        String longest = "/" + "a".repeat(MAX_LENGTH - 1);
        assertThat(read(longest).path()).isEqualTo(longest);
        refused(longest + "a", Reason.TOO_LONG);
        refused("/?" + "a".repeat(65_536), Reason.TOO_LONG);

        assertThat(read("/a".repeat(MAX_SEGMENTS)).path()).hasSize(2 * MAX_SEGMENTS);
        refused("/a".repeat(MAX_SEGMENTS) + "/", Reason.TOO_MANY_SEGMENTS);

        assertThat(read("/?" + "&".repeat(MAX_PARAMETERS - 1)).query()).hasSize(MAX_PARAMETERS);
        refused("/?" + "&".repeat(MAX_PARAMETERS), Reason.TOO_MANY_PARAMETERS);
    }

    @Test
    void aTargetIsWrittenFromWhatItMeans() {
        RequestTarget target = RequestTarget.of(
                        "/a b/é+:@%",
                        List.of(new Parameter("q", "a b&c=d+e#/?"), new Parameter("q", ""), new Parameter("", "")))
                .target()
                .orElseThrow();

        assertThat(target.raw())
                .isEqualTo("/a%20b/%C3%A9+:@%25?q=a%20b%26c%3Dd%2Be%23%2F%3F&q=&=")
                .isEqualTo(target.canonical());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            value = {
                "''	EMPTY",
                "a	NOT_ORIGIN_FORM",
                "//a	EMPTY_SEGMENT",
                "/a//b	EMPTY_SEGMENT",
                "/a/../b	DOT_SEGMENT",
                "/a?b	ENCODED_DELIMITER",
                "/a#b	ENCODED_DELIMITER",
                "/a;b	ENCODED_DELIMITER",
                "/a\\b	ENCODED_DELIMITER",
                "/a%2Fb	DOUBLE_ENCODED",
            })
    void aPathThatNoTargetMayMeanIsNotWritten(String path, Reason reason) {
        assertThat(RequestTarget.of(path, List.of())).isEqualTo(new Refused(reason));
    }

    @Test
    void whatUtf8CannotSayIsNotWritten() {
        assertThat(RequestTarget.of("/\ud800", List.of())).isEqualTo(new Refused(Reason.NOT_UTF8));
        assertThat(RequestTarget.of("/", List.of(new Parameter("\udc00", "")))).isEqualTo(new Refused(Reason.NOT_UTF8));
        assertThat(RequestTarget.of("/", List.of(new Parameter("", "\ud83d")))).isEqualTo(new Refused(Reason.NOT_UTF8));
        assertThat(RequestTarget.of("/", List.of(new Parameter("a", "\0"))))
                .isEqualTo(new Refused(Reason.ENCODED_CONTROL));
    }

    @Test
    void aTargetDoesNotLogItsQuery() {
        assertThat(read("/a?authSig=secret")).hasToString("/a");
    }

    @Test
    void aReasonHasAStableCode() {
        assertThat(Reason.DOT_SEGMENT.code()).isEqualTo("dot_segment");
    }

    private static void refused(String raw, Reason reason) {
        assertThat(RequestTarget.parse(raw)).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/echo/a b|/api/echo/a%20b",
                "/api/echo/a%20b|/api/echo/a%20b",
                "/caf\u00e9/\ud83d\udd11.txt?q=\u00e9 b|/caf%C3%A9/%F0%9F%94%91.txt?q=%C3%A9%20b",
                "/a[1]{2}?b[]=1|/a%5B1%5D%7B2%7D?b[]=1"
            })
    void whatBrowsersEscapeMayBeTypedRaw(String typed, String sent) {
        assertThat(RequestTarget.typed(typed).target().orElseThrow().raw()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a\\b",
                "/a;b",
                "/a#b",
                "/a\tb",
                "/100%",
                "/a%2Fb",
                "//a",
                "/a/../b",
                "a",
                "http://a/b",
                "/\ud800"
            })
    void whatIsAmbiguousMayNotBeTypedEither(String typed) {
        assertThat(RequestTarget.typed(typed).target()).isEmpty();
    }
}
