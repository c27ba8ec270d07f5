package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Servers with accounts, in memory: which token belongs to whom, and which hosts are there. */
final class FakeAccounts {

    private static final Map<String, Map<String, String>> USER_BY_TOKEN = new ConcurrentHashMap<>();

    private FakeAccounts() {}

    /** The token is not one of an account. */
    static final class WrongToken extends Exception {
        private static final long serialVersionUID = 1;
    }

    static void account(String host, String token, String user) {
        USER_BY_TOKEN.computeIfAbsent(host, key -> new ConcurrentHashMap<>()).put(token, user);
    }

    static void revoke(String host, String token) {
        USER_BY_TOKEN.get(host).remove(token);
    }

    static void goAway(String host) {
        USER_BY_TOKEN.remove(host);
    }

    /** Returns the user of a token. */
    static String check(String host, Secret token) throws IOException, WrongToken {
        Map<String, String> users = USER_BY_TOKEN.get(host);
        if (users == null) {
            throw new IOException("nothing listens");
        }
        String user = users.get(token.reveal());
        if (user == null) {
            throw new WrongToken();
        }
        return user;
    }

    static SetUpOutcome setUp(EntryData entry) {
        try {
            check(entry.text("host"), entry.secret("api_token"));
            return new SetUpOutcome.Loaded();
        } catch (IOException e) {
            return new SetUpOutcome.NotReady(e.getMessage());
        } catch (WrongToken e) {
            return new SetUpOutcome.AuthenticationFailed("could not authenticate");
        }
    }
}
