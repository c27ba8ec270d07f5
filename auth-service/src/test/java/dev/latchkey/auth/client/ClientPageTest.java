package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPageTest {

    private static final ClientId APP =
            ClientId.parse("https://app.io/dir/page?x=1").orElseThrow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<link rel=redirect_uri href=hass://auth>",
                "<LINK REL='REDIRECT_URI' HREF='hass://auth'>",
                "<html><body><p><link href=\"hass://auth\" rel=\"redirect_uri\"/>",
                "<link rel='icon redirect_uri\tpreload' href=hass://auth>",
                "<link rel=redirect_uri href='hass:&#x2f;&sol;auth'>",
                "<title>x</title><!-- c --><link rel=redirect_uri href=' hass://auth '>",
                "\ufeff<link rel=redirect_uri href=hass://auth>",
            })
    void linksAreFoundAnywhereInThePageWithTheirEntitiesDecoded(String html) {
        assertThat(links(html)).containsExactly("hass://auth");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- <link rel=redirect_uri href=hass://auth> -->",
                "<script>'<link rel=redirect_uri href=hass://auth>'</script>",
                "<style><link rel=redirect_uri href=hass://auth></style>",
                "<textarea><link rel=redirect_uri href=hass://auth></textarea>",
                "<title><link rel=redirect_uri href=hass://auth></title>",
                "<a rel=redirect_uri href=hass://auth>x</a>",
                "<link rel=redirect_uris href=hass://auth>",
                "<link rel=redirect-uri href=hass://auth>",
                "<link rel=redirect_uri>",
                "<link href=hass://auth>",
                "&lt;link rel=redirect_uri href=hass://auth&gt;",
                "<link rel=redirect_uri href='javascript:alert(1)'>",
                "<link rel=redirect_uri href='data:text/html,x'>",
                "<link rel=redirect_uri href='https://x.io/a b'>",
                "",
            })
    void whatIsNoLinkIsNotFound(String html) {
        assertThat(links(html)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<link rel=redirect_uri href=\"https://victim.io/c",
                "<link rel=redirect_uri href=https://victim.io/c",
                "<link rel=redirect_uri href='https://victim.io/cb'",
                "<link rel=redir",
            })
    void aLinkCutInTheMiddleDoesNotCount(String html) {
        assertThat(links(html)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/cb, https://app.io/cb",
        "cb, https://app.io/dir/cb",
        "../cb?y=2, https://app.io/cb?y=2",
        "?y, https://app.io/dir/page?y",
        "//other.io/cb, https://other.io/cb",
        "HTTPS://Other.io:443/a%2Fb?C#d, HTTPS://Other.io:443/a%2Fb?C#d",
    })
    void relativeLinksAreResolvedAgainstTheClientIdAndAbsoluteOnesStayAsWritten(String href, String expected) {
        assertThat(links("<base href='https://evil.io/'><link rel=redirect_uri href='" + href + "'>"))
                .as("a base element must not move them")
                .containsExactly(expected);
    }

    @Test
    void aClientIdWithoutAPathResolvesToo() {
        ClientId bare = ClientId.parse("https://app.io").orElseThrow();

        assertThat(ClientPage.redirectUris(
                        bare, none(), "<link rel=redirect_uri href=cb>".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("https://app.io/cb");
    }

    @Test
    void bytesThatAreNoUtf8SpoilOnlyThemselves() { // IA-28
        byte[] html =
                "\u00e9\u00ff<link rel=redirect_uri href=hass://auth>\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ClientPage.redirectUris(APP, none(), html)).containsExactly("hass://auth");
    }

    @Test
    void aHundredLinksAreEnough() {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            html.append("<link rel=redirect_uri href=a:").append(i).append('>');
        }

        assertThat(links(html.toString())).hasSize(100).startsWith("a:0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "<hass://auth>; rel=redirect_uri",
                "<hass://auth>; rel=\"redirect_uri\"",
                "<hass://auth>;REL=\"preload Redirect_URI\" ; title=\"a, b; <c> \\\" d\"",
                "<a:b>; rel=next, <hass://auth>; rel=redirect_uri",
                "<a:b>; title=\"<evil:x>; rel=redirect_uri, \"; rel=next ,, <hass://auth>;rel=redirect_uri",
                "<hass://auth>; rel=redirect_uri; rel=next",
                "<hass://auth> ; ; flag ; rel = redirect_uri",
            })
    void theLinkHeaderIsRead(String header) { // decision A9, against IA-22
        assertThat(header(header)).containsExactly("hass://auth");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hass://auth; rel=redirect_uri",
                "<hass://auth>",
                "<hass://auth>; rel",
                "<hass://auth>; rel=",
                "<hass://auth>; rel=next; rel=redirect_uri",
                "<hass://auth; rel=redirect_uri",
                "<hass://auth>; rel=redirect_uri; anchor=\"https://evil.io\"",
                "<hass://auth>; title=\"; rel=redirect_uri",
                "<hass://auth>; title=\"\\\"; rel=redirect_uri\"",
                ",,,;;;",
                "<>",
                "\u0000",
            })
    void whatIsNoRedirectLinkInTheHeaderIsSkipped(String header) {
        assertThat(header(header)).isEmpty();
    }

    @Test
    void hostileHeadersEndWithoutHarm() {
        String filler = "\\a".repeat(2000);

        assertThat(header("<hass://auth>; title=\"" + filler + "\"; rel=redirect_uri"))
                .containsExactly("hass://auth");
        assertThat(header("<hass://auth>; title=\"" + filler)).isEmpty();
        assertThat(header("<hass://auth>" + ";".repeat(16_000))).isEmpty();
        assertThat(header(";".repeat(4000) + "\"".repeat(90))).isEmpty();
    }

    private static List<String> links(String html) {
        return ClientPage.redirectUris(APP, none(), html.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> header(String line) {
        return ClientPage.redirectUris(APP, HttpHeaders.of(Map.of("Link", List.of(line)), (a, b) -> true), new byte[0]);
    }

    private static HttpHeaders none() {
        return HttpHeaders.of(Map.of(), (a, b) -> true);
    }
}
