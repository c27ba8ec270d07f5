package dev.latchkey.signing.link;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.signing.boot.BootKey;
import java.io.IOException;
import java.time.Instant;

/** Makes the published examples of links, with a fixed key and a fixed clock. */
final class SignedPathVectors {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ObjectNode file = JSON.createObjectNode();
    private final ArrayNode signings;
    private final ArrayNode requests;

    private SignedPathVectors() {
        file.put(
                "about",
                "Links of Latchkey for other implementations. Keys are HKDF-SHA256(master_secret, no salt, info = "
                        + "\"latchkey signed path v1 \" + boot id), 32 bytes. \"now\" is in seconds since the epoch. \"claims\" of a"
                        + " request is null when it is refused.");
        file.put("master_secret", Keys.MASTER_SECRET);
        file.putArray("living_boots").add(Keys.BOOT);
        file.put("signed_by", Keys.BOOT);
        file.put("now", Keys.NOW.getEpochSecond());
        file.putObject("signer").put("sub", Keys.ADA.userId()).put("iss", Keys.ADA.grantId());
        signings = file.putArray("signings");
        requests = file.putArray("requests");
    }

    static String write() throws IOException {
        SignedPathVectors vectors = new SignedPathVectors();
        vectors.signings();
        vectors.requests();
        return JSON.writeValueAsString(vectors.file) + "\n";
    }

    private void signings() throws IOException {
        signing("a plain path", "/api/echo", null);
        signing("a life of its own", "/api/echo", 3_600);
        signing("too long a life", "/api/echo", 3_601);
        signing("no life at all", "/api/echo", 0);
        signing("a query", "/api/echo?b=2&a=1&a=2", null);
        signing("a parameter without a value is one with an empty value", "/api/echo?flag", null);
        signing("nothing between separators is a parameter too", "/api/echo?&", null);
        signing("sizes are left out", "/api/image?width=100&a=1&height=200", null);
        signing("a space and letters of any script may be written raw", "/media/caf\u00e9 \ud83d\udd11.jpg", null);
        signing("an escape is an escape", "/media/caf%c3%a9%20x.jpg", null);
        signing("a plus in a query is a space", "/search?q=a+b%2Bc%26d%3De", null);
        signing("a percent sign", "/100%25", null);
        signing("a trailing slash", "/files/", null);
        for (String path : new String[] {
            "//evil/a",
            "https://evil.example/a",
            "files/a",
            "/files/../admin",
            "/files/%2e%2e/admin",
            "/a%2Fb",
            "/a%5Cb",
            "/a%00",
            "/a;b",
            "/a#b",
            "/%61dmin",
            "/a%252e",
            "/a?authSig=x",
            "/auth/authorize",
            "/api/signed_paths"
        }) {
            signing("refused", path, null);
        }
    }

    private void signing(String name, String path, Integer expires) {
        ObjectNode vector = signings.addObject().put("name", name).put("path", path);
        if (expires != null) {
            vector.put("expires", expires);
        }
        switch (Keys.signer().sign(Keys.ADA, path, expires)) {
            case Signing.Signed signed -> vector.put("signed", signed.path());
            case Signing.Refused refused -> vector.put("refused", refused.code());
        }
    }

    private void requests() throws IOException {
        String link = Keys.sign("/api/echo?b=2&a=1");
        String signature = link.split("authSig=")[1];
        request("as it was signed", "GET", link, 0);
        request("HEAD", "HEAD", link, 0);
        request("in its last second", "GET", link, 29);
        request("one second later", "GET", link, 30);
        request("another method", "POST", link, 0);
        request("the signature in front", "GET", "/api/echo?authSig=" + signature + "&b=2&a=1", 0);
        request("sizes added", "GET", link + "&width=100&height=20", 0);
        request("a size that is no number", "GET", link + "&width=1e3", 0);
        request("a size that is empty", "GET", link + "&width=", 0);
        request("a size that is too long", "GET", link + "&height=123456", 0);
        request("another path", "GET", link.replace("/echo", "/echo/"), 0);
        request("a parameter removed", "GET", "/api/echo?b=2&authSig=" + signature, 0);
        request("a parameter added", "GET", link + "&c=3", 0);
        request("an empty parameter added", "GET", link + "&", 0);
        request("a parameter twice", "GET", link + "&a=1", 0);
        request("parameters in another order", "GET", "/api/echo?a=1&b=2&authSig=" + signature, 0);
        request("a value changed", "GET", link.replace("b=2", "b=3"), 0);
        request("a second signature", "GET", link + "&authSig=bogus", 0);
        request("a bogus signature first", "GET", "/api/echo?authSig=bogus&b=2&a=1&authSig=" + signature, 0);
        request("no signature", "GET", "/api/echo?b=2&a=1", 0);
        request(
                "the signature changed",
                "GET",
                link.substring(0, link.length() - 1) + (link.endsWith("A") ? "B" : "A"),
                0);
        request("lower-case escapes", "GET", Keys.sign("/caf\u00e9").replace("%C3%A9", "%c3%a9"), 0);
        request("a flag without its equals sign", "GET", Keys.sign("/a?flag").replace("flag=", "flag"), 0);
        request("a space as a plus", "GET", Keys.sign("/a?q=a b").replace("%20", "+"), 0);
        request("a value that holds separators", "GET", Keys.sign("/a?q=x%26y%3Dz"), 0);
        request(
                "that value taken apart",
                "GET",
                Keys.sign("/a?q=x%26y%3Dz").replace("%26", "&").replace("%3D", "="),
                0);
        String ofTheDead = BootKey.derive(Keys.MASTER_SECRET, Keys.OTHER_BOOT)
                .sign(new LinkClaims("g", "u", "/a", java.util.List.of(), 0, 1L << 40).write());
        request("signed by a boot that has ended", "GET", "/a?authSig=" + ofTheDead, 0);
    }

    private void request(String name, String method, String target, int secondsLater) throws IOException {
        Instant now = Keys.NOW.plusSeconds(secondsLater);
        ObjectNode vector = requests.addObject()
                .put("name", name)
                .put("method", method)
                .put("target", target)
                .put("now", now.getEpochSecond());
        if (Keys.verify(now, method, target) instanceof LinkVerdict.Valid valid) {
            vector.set("claims", JSON.readTree(valid.claims().write()));
        } else {
            vector.putNull("claims");
        }
    }
}
