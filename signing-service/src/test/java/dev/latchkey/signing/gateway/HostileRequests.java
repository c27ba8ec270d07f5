package dev.latchkey.signing.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What strangers send to gateways. */
final class HostileRequests {

    /** What a service believes about who asks. */
    static final List<String> IDENTITY = List.of(
            "X-Auth-User-Id",
            "X-Auth-User-Name",
            "X-Auth-Groups",
            "X-Auth-Client-Id",
            "X-Auth-Token-Id",
            "X-Auth-Method");

    private HostileRequests() {}

    /** The table of advisories, and more of the kind. */
    static List<String> paths() {
        return List.of(
                "/",
                "/files/a",
                "//",
                "//files/a",
                "///files/a",
                "/files//a",
                "/files/../admin",
                "/files/./a",
                "/files/.",
                "/files/..",
                "/..",
                "/api%2e/admin",
                "/files/%2e%2e/admin",
                "/files/%2E%2E%2Fadmin",
                "/files/..%2fadmin",
                "/files%2fadmin",
                "/files%5cadmin",
                "/files\\admin",
                "/files/a%00",
                "/files/a%0d%0aX-Auth-User-Id:%20spoofed",
                "/files/a;b",
                "/files/a;/../b",
                "/files/a%3bb",
                "/files/a%3fb",
                "/files/a%23b",
                "/files/a#b",
                "/%61dmin",
                "/files/%252e%252e/admin",
                "/files/%c0%ae%c0%ae/admin",
                "/files/%ff",
                "/files/%",
                "/files/%zz",
                "/api/private?path=/status",
                "/files/a?b#c",
                "/files/a?b=%00",
                "/files/a??",
                "/authz/../files/a",
                "/auth/../files/a",
                "/auth/..%2ffiles/a",
                "/.well-known/../files/a",
                "/.well-known/%2e%2e/files/a",
                "/api/signed_paths/../../files/a",
                "/AUTH/../files/a",
                "http://localhost/files/a",
                "http://evil.example/files/a",
                "*",
                "files/a",
                "/files/" + "a".repeat(9_000));
    }

    /** Headers by which somebody would be somebody else, one or a few lines each. */
    static List<String> headers() {
        List<String> headers = new ArrayList<>(List.of(
                "X-None: 1",
                "Authorization: Bearer junk",
                "X-Original-URI: /spoofed",
                "X-Original-URL: https://localhost/spoofed",
                "X-Original-Method: SPOOFED",
                "X-Forwarded-Uri: /spoofed",
                "X-Forwarded-Method: SPOOFED",
                "X-Forwarded-Prefix: /spoofed",
                "X-Forwarded-For: spoofed",
                "X-Forwarded-Host: spoofed",
                "X-Forwarded-Proto: spoofed",
                "Forwarded: for=spoofed",
                "X-Real-IP: spoofed",
                "X-Rewrite-URL: /spoofed",
                "X-HTTP-Method-Override: SPOOFED",
                "X-HTTP-Method: SPOOFED",
                "X-Method-Override: SPOOFED",
                "X-Latchkey-Gateway: spoofed",
                "X_Forwarded_For: spoofed",
                "x_latchkey_gateway: spoofed",
                "Connection: X-Auth-User-Id",
                "Connection: close, X-Auth-User-Id, Authorization",
                "Connection: X-Auth-Groups, upgrade\r\nConnection: X-Auth-User-Id\r\nUpgrade: websocket",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: spoofed\r\nHTTP2-Settings: spoofed"));
        for (String name : IDENTITY) {
            headers.add(name + ": spoofed");
            headers.add(name.toUpperCase(Locale.ROOT) + ": spoofed");
            headers.add(name.replace('-', '_') + ": spoofed");
            headers.add(name + ": spoofed\r\n" + name + ": spoofed too");
        }
        return headers;
    }
}
