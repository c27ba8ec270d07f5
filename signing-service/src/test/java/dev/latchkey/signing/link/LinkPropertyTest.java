package dev.latchkey.signing.link;

import static dev.latchkey.signing.link.Keys.sign;
import static dev.latchkey.signing.link.Keys.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.request.Parameter;
import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.signing.link.LinkVerdict.Valid;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkPropertyTest {

    @Property
    void whatIsSignedVerifies(@ForAll("targets") RequestTarget target) {
        Signing signing = Keys.signer().sign(Keys.ADA, target.raw(), null);
        if (signing instanceof Signing.Signed signed) {
            Valid valid = (Valid) verify(signed.path());
            assertThat(valid.claims().path()).isEqualTo(target.path());
            assertThat(valid.claims().params())
                    .isEqualTo(target.query().stream()
                            .filter(p -> !List.of("width", "height").contains(p.name()))
                            .toList());
            assertThat(RequestTarget.parse(signed.path()).target().orElseThrow().canonical())
                    .isEqualTo(signed.path());
        } else {
            assertThat(((Signing.Refused) signing).code()).isIn("already_signed", "path_too_long", "path_not_allowed");
        }
    }

    @Property
    void claimsAreReadAsTheyWereWritten(@ForAll("queries") List<Parameter> params, @ForAll long expires)
            throws Exception {
        LinkClaims claims = new LinkClaims("g", "u", "/\u00e9\ud83d\udd11\"\\", params, 1, expires);

        assertThat(LinkClaims.read(claims.write().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(claims);
    }

    @Property(tries = 20)
    void noOctetCanBeChanged(@ForAll("targets") RequestTarget target) {
        if (Keys.signer().sign(Keys.ADA, target.raw(), null) instanceof Signing.Signed signed) {
            requireThatNoMutationVerifies(signed.path());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?",
                "/api/echo/a%20b~%c3%a9?flag&a=1&a=2&empty=&q=x+y%2b%26",
                "/local/100%25/saved%2520name?=&&x=%7b%7D"
            })
    void noOctetCanBeChangedWhereverItStands(String target) {
        requireThatNoMutationVerifies(sign(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?x=1"})
    void onlyTheDigitsOfASizeMayBeChanged(String target) {
        String link = sign(target) + "&width=12345&height=6";
        for (int i = 0; i < link.length(); i++) {
            for (char c = 0; c < 256; c++) {
                String mutated = link.substring(0, i) + c + link.substring(i + 1);
                if (!mutated.equals(link) && verify(mutated) instanceof Valid) {
                    assertThat(link.charAt(i)).isBetween('0', '9');
                    // A percent sign makes an escaped digit of the two after it.
                    assertThat(c == '%' || c >= '0' && c <= '9').as("%c", c).isTrue();
                    assertThat(i).isGreaterThan(link.indexOf("&width="));
                }
            }
        }
    }

    /** Every octet replaced, removed and put in. What still verifies must mean the same and have the same signature. */
    private static void requireThatNoMutationVerifies(String link) {
        String replacements = "\0\t a.A1%2/?&=#;+~-_\\\u00ff";
        for (int i = 0; i <= link.length(); i++) {
            String before = link.substring(0, i);
            String after = link.substring(Math.min(i + 1, link.length()));
            requireSame(link, before + after);
            for (char c : replacements.toCharArray()) {
                requireSame(link, before + c + after);
                requireSame(link, before + c + link.substring(i));
            }
        }
    }

    private static void requireSame(String link, String mutation) {
        if (verify(mutation) instanceof Valid) {
            RequestTarget target = RequestTarget.parse(link).target().orElseThrow();
            assertThat(RequestTarget.parse(mutation).target().orElseThrow().means(target))
                    .as(mutation)
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<Parameter>> queries() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(4),
                Arbitraries.strings().withChars("aB1&=+%;# ?/\u00e9\r\n").ofMaxLength(5),
                Arbitraries.of("width", "height", "12", "authSig"));
        return Combinators.combine(text, text).as(Parameter::new).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<RequestTarget> targets() {
        Arbitrary<String> path = Arbitraries.strings()
                .withChars("aB1-._~!$&'()*+,=:@ %/\u00e9\u20ac")
                .ofMaxLength(10)
                .map(text -> "/" + text);
        return Combinators.combine(path, queries())
                .as(RequestTarget::of)
                .filter(result -> result.target().isPresent())
                .map(result -> result.target().orElseThrow());
    }
}
