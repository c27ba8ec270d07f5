package dev.latchkey.platform.request;

import static dev.latchkey.platform.request.RequestTargetTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.request.TargetResult.Reason;
import dev.latchkey.platform.request.TargetResult.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What got past gateways elsewhere, and everything near it. */
class RefusedTargetsTest {

    @Test
    void anAbsentTargetIsRefused() {
        refused(null, Reason.EMPTY);
        refused("", Reason.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a",
                "auth/token",
                "?a",
                "\\a",
                " /a",
                "%2Fa",
                ".",
                "../a",
                "http://elsewhere.example/a",
                "https:/a",
                "elsewhere.example:443",
                "javascript:alert(1)",
                "#a"
            })
    void onlyTheOriginFormIsRead(String raw) {
        refused(raw, Reason.NOT_ORIGIN_FORM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "//a", "//evil.example/a", "///", "/a//", "/a//b", "/a/b//?c", "//?a"})
    void anEmptySegmentIsRefused(String raw) {
        refused(raw, Reason.EMPTY_SEGMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.",
                "/..",
                "/./a",
                "/a/.",
                "/a/..",
                "/a/../q/metrics",
                "/files/../admin",
                "/a/../../b",
                "/a/..?b",
                "/%2e",
                "/%2E%2E/b",
                "/a/%2e%2e/b",
                "/a/.%2e/b",
                "/a/%2E./b"
            })
    void aDotSegmentIsRefusedHoweverItIsWritten(String raw) {
        refused(raw, Reason.DOT_SEGMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb",
                "/a%2fb",
                "/a%5Cb",
                "/a%5cb",
                "/a%3Bb",
                "/a%3bb",
                "/a%3Fb",
                "/a%3fb",
                "/a%23b",
                "/%2F",
                "/%2F/evil",
                "/a/%2e%2e%2fb",
                "/a/..%5Cb",
                "/a/..%3Bx/b"
            })
    void anEncodedDelimiterIsRefused(String raw) {
        refused(raw, Reason.ENCODED_DELIMITER);
    }

    @Test
    void everyControlCharacterIsRefusedInAPathAndNulInAQuery() {
        for (int c = 0; c <= 0x7f; c++) {
            boolean control = c < ' ' || c == 0x7f;
            String escape = "%%%02x".formatted(c);
            if (control) {
                refused("/a" + escape, Reason.ENCODED_CONTROL);
                refused("/a" + (char) c, Reason.ILLEGAL_CHARACTER);
                refused("/a?b" + (char) c, Reason.ILLEGAL_CHARACTER);
                refused("/a%25" + escape.substring(1), Reason.DOUBLE_ENCODED);
            }
            assertThat(RequestTarget.parse("/a?b" + escape).target().isPresent())
                    .isEqualTo(c != 0);
        }
        refused("/a?%00=b", Reason.ENCODED_CONTROL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a b",
                "/a\\b",
                "/..\\b",
                "/a;b",
                "/a;v=1/b",
                "/a/..;/b",
                "/a\"",
                "/a<",
                "/a>",
                "/a[",
                "/a]",
                "/a^",
                "/a`",
                "/a{",
                "/a|",
                "/a}",
                "/été",
                "/a\u2024",
                "/a\uff0fb",
                "/a\ud83d",
                "/a\u0130",
                "/a?b c",
                "/a?é",
                "/a\r\nX: 1",
                "/a?b\r\nX: 1",
                "/a HTTP/1.1"
            })
    void aRawCharacterThatMayNotStandThereIsRefused(String raw) {
        refused(raw, Reason.ILLEGAL_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a#", "/a#b", "/a?b#c", "/#/a", "/a%#", "/auth/token#/public", "/a?b=/public#"})
    void aFragmentIsRefused(String raw) {
        refused(raw, Reason.FRAGMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/a%2",
                "/a%zz",
                "/a%%41",
                "/a%u002e",
                "/a%-1",
                "/a%+1",
                "/a%2/",
                "/a?%",
                "/a?b=%4",
                "/a?b=%zz",
                "/a?b%",
                "/a?b=1%&c"
            })
    void aBrokenEscapeIsRefused(String raw) {
        refused(raw, Reason.BAD_ESCAPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%C0%AE", // a dot, overlong
                "%C0%AF", // a slash, overlong
                "%E0%80%AF",
                "%C0%80", // NUL as modified UTF-8 has it
                "%ED%A0%80", // a surrogate
                "%ED%A0%BD%ED%B4%91", // a pair of them, CESU-8
                "%F4%90%80%80", // beyond U+10FFFF
                "%80",
                "%C3",
                "%C3/%A9",
                "%FF",
                "%E9" // ISO 8859-1
            })
    void whatIsNotUtf8IsRefused(String escapes) {
        refused("/a" + escapes, Reason.NOT_UTF8);
        refused("/a?b=" + escapes, Reason.NOT_UTF8);
        refused("/a?" + escapes + "=b", Reason.NOT_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%61uth/token", "/auth/toke%6E", "/a%2Ejs", "/%41", "/%30", "/api%2e/admin", "/a/..%2e"})
    void anEscapeThatOnlyHidesAPathFromRulesIsRefused(String raw) {
        refused(raw, Reason.NEEDLESS_ESCAPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%252e%252e/b",
                "/a/.%252e/b",
                "/a%252Fb",
                "/a%252fb",
                "/a%255Cb",
                "/a%2500",
                "/a%253Bb",
                "/a%253F",
                "/a%2523",
                "/a%2541",
                "/a%25252e",
                "/a%2525"
            })
    void whatASecondDecodingWouldRevealIsRefused(String raw) {
        refused(raw, Reason.DOUBLE_ENCODED);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%25C0%25AE, NOT_UTF8",
        "/a%25C3x%25A9, NOT_UTF8",
        "/a%25%32%65, NEEDLESS_ESCAPE",
        "/a%25%2532e, DOUBLE_ENCODED"
    })
    void aSecondDecodingIsReadAsStrictlyAsTheFirst(String raw, Reason reason) {
        refused(raw, reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/authorize?client_id=http%3A%2F%2F127.0.0.1%3A3000%2F&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2F%3Fauth_callback%3D1&state=eyJhIjoiYiJ9",
                "/auth/authorize?redirect_uri=https://app.example//back/../x%2F%5C",
                "/auth/providers",
                "/api/websocket",
                "/.well-known/oauth-authorization-server",
                "/api/camera_proxy/camera.front_door?token=0123abcdef&_ts=1712345678901",
                "/api/history/period/2026-01-01T00:00:00.000Z?filter_entity_id=sensor.a,sensor.b&minimal_response",
                "/api/image/serve/0123/512x512?authSig=eyJhbGciOiJIUzI1NiJ9.e30.a-_b",
                "/media/local/Bj%C3%B6rk%20-%20J%C3%B3ga%20(live)%20%5B1997%5D.mp3",
                "/frontend_latest/app.Ab_-1.js",
                "/search?filter[name]=a|b&q={\"a\":1}&x=^`\\",
                "/a?utm_source=x&",
                "/a?q=caf%C3%A9+cr%C3%A8me"
            })
    void whatRealClientsSendIsRead(String raw) {
        assertThat(read(raw).raw()).isEqualTo(raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%25", "/", "/.", "a/", "/..", "%2e", "%2f", "%c3%a9", "%c3", "&", "=", "?", "+", ";"})
    void timeGrowsWithLengthOnly(String piece) {
        String most = piece.repeat(RequestTarget.MAX_LENGTH).substring(0, RequestTarget.MAX_LENGTH - 3);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 1000; i++) {
                RequestTarget.parse("/" + most);
                RequestTarget.parse("/a" + most);
                RequestTarget.parse("/?" + most);
            }
        });
    }

    private static void refused(String raw, Reason reason) {
        assertThat(RequestTarget.parse(raw)).as(raw).isEqualTo(new Refused(reason));
    }
}
