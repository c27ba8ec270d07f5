package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.workload.Calls.Reply;
import dev.latchkey.local.client.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What clients do with grants, each of it once. */
final class Grants {
    private static final String DECISION = "/authz/auth-request";
    private static final String PATH = "/files/hello.txt";
    private static final int LINK_SECONDS = 3600;

    private final Calls calls;
    private final Map<String, Grant> standing = new ConcurrentHashMap<>();

    Grants(Calls calls) {
        this.calls = calls;
    }

    /** Signs in; empty when there was no code. */
    Optional<String> code(Replica at, String username, String password) {
        try {
            var api = calls.patient(at);
            var begun = api.beginSignIn();
            if (begun.status() != 200) {
                return Optional.empty();
            }
            var finished = api.finishSignIn(begun.json().getString("flow_id"), username, password);
            return finished.status() == 200
                    ? Optional.ofNullable(finished.json().getString("result"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Redeems a code. */
    Optional<Grant> redeem(Replica at, String name, String code) {
        var grant = calls.name("g");
        var redeemed = calls.ask(
                Kind.REDEEM,
                name,
                at,
                api -> api.redeem(code),
                answer -> Calls.outcome(answer.status()),
                answer -> grant);
        if (!redeemed.ok()) {
            return Optional.empty();
        }
        var tokens = Api.tokens(redeemed.answer());
        var granted = new Grant(grant, tokens.access(), tokens.refresh(), null);
        standing.put(grant, granted);
        return Optional.of(granted);
    }

    /** Signs in and redeems the code once. */
    Optional<Grant> signIn(Replica at, String username, String password) {
        return code(at, username, password).flatMap(code -> redeem(at, calls.name("c"), code));
    }

    /** Asks for another access token. */
    Optional<Grant> refresh(Replica at, Grant grant) {
        var refreshed = refreshed(at, grant);
        return refreshed.ok()
                ? Optional.of(grant.withAccess(refreshed.answer().json().getString("access_token")))
                : Optional.empty();
    }

    /** Asks for another access token, and returns what came back. */
    Reply refreshed(Replica at, Grant grant) {
        return calls.ask(Kind.REFRESH, grant.name(), at, api -> api.refresh(grant.refresh()));
    }

    /** Notes that somebody ends it, in whatever way. */
    void ends(Grant grant) {
        standing.remove(grant.name());
    }

    /** Those that nobody tried to end. */
    List<Grant> standing() {
        return List.copyOf(standing.values());
    }

    /** Takes it back. */
    Reply revoke(Replica at, Grant grant) {
        ends(grant);
        return calls.ask(Kind.REVOKE, grant.name(), at, api -> api.revoke(grant.refresh()));
    }

    /** Shows its access token to any replica. */
    Reply verify(Replica at, Grant grant) {
        return calls.ask(Kind.VERIFY, grant.name(), at, api -> show(api, at, grant.access()));
    }

    /** Has a path signed by a replica of signing-service. */
    Optional<Grant> sign(Replica at, Grant grant) {
        var signed = calls.ask(
                Kind.SIGN,
                grant.name(),
                at,
                api -> api.postJson(
                        "/api/signed_paths", grant.access(), Map.of("path", PATH, "expires", LINK_SECONDS)));
        return signed.ok() ? Optional.of(grant.withLink(signed.answer().json().getString("path"))) : Optional.empty();
    }

    /** Shows its link to a replica of signing-service. */
    Reply follow(Replica at, Grant grant) {
        return calls.ask(Kind.FOLLOW, grant.name(), at, api -> decide(api, Map.of(), grant.link()));
    }

    /** Shows a replica tokens that nobody issued, and one of signing-service also a link for another path. */
    List<Reply> forge(Replica at, Grant real) {
        var replies = new ArrayList<Reply>();
        var middle = real.access().indexOf('.') + 10;
        var swapped = real.access().charAt(middle) == 'A' ? 'B' : 'A';
        var altered =
                real.access().substring(0, middle) + swapped + real.access().substring(middle + 1);
        replies.add(calls.ask(Kind.FORGE, "altered token", at, api -> show(api, at, altered)));
        replies.add(calls.ask(Kind.FORGE, "unknown token", at, api -> show(api, at, "nobody-issued-this")));
        if (at.service().equals("signing") && real.link() != null) {
            var foreign = real.link().replace("hello", "large");
            replies.add(calls.ask(Kind.FORGE, "foreign path", at, api -> decide(api, Map.of(), foreign)));
        }
        return replies;
    }

    private Api.Answer show(Api api, Replica at, String access) throws IOException {
        return switch (at.service()) {
            case "auth" -> api.get("/api/", access);
            case "flow" -> api.get("/api/config/config_entries/entry", access);
            default -> decide(api, Map.of("Authorization", "Bearer " + access), PATH);
        };
    }

    private Api.Answer decide(Api api, Map<String, String> headers, String uri) throws IOException {
        var all = new HashMap<>(headers);
        all.put("X-Latchkey-Gateway", calls.gatewaySecret());
        all.put("X-Original-URI", uri);
        all.put("X-Original-Method", "GET");
        return api.get(DECISION, all);
    }
}
