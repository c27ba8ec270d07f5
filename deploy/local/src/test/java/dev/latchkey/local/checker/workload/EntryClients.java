package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Outcome;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Answer;
import dev.latchkey.local.connection.Device;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Clients that connect accounts of a device, several at once the same one, give entries titles, and remove them. */
final class EntryClients {
    private static final String BASE = "/api/config/config_entries";
    private static final String CREATED = "create_entry";
    private static final int FEW = 4;

    private final Calls calls;
    private final Administrator owner;
    private final Device device;
    private final Pace pace;
    private final List<String> entries = new CopyOnWriteArrayList<>();

    EntryClients(Calls calls, Administrator owner, Device device, Pace pace) {
        this.calls = calls;
        this.owner = owner;
        this.device = device;
        this.pace = pace;
    }

    void start() {
        pace.every(Duration.ofMillis(400), "entries-1", this::change);
        pace.every(Duration.ofMillis(600), "entries-2", this::change);
    }

    /** What the device takes for an account. */
    static String token(String account) {
        return "token-of-" + account;
    }

    private void change(Random random) {
        var at = calls.of("flow").get(random.nextInt(calls.of("flow").size()));
        var dice = random.nextInt(12);
        // Others remove entries meanwhile.
        var known = List.copyOf(entries);
        if (dice == 0) {
            learn(at);
        } else if (dice < 5 || known.size() < 2) {
            createAtOnce(Accounts.NAMES.get(random.nextInt(Accounts.NAMES.size())), random.nextBoolean());
        } else if (dice < 7 && known.size() > FEW) {
            remove(at, known.get(random.nextInt(known.size())));
        } else {
            rename(at, known.get(random.nextInt(known.size())));
        }
    }

    private void createAtOnce(String account, boolean twice) {
        var second = Thread.ofVirtual().unstarted(() -> create(calls.of("flow").getLast(), account));
        if (twice) {
            second.start();
        }
        create(calls.of("flow").getFirst(), account);
        try {
            second.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void create(Replica at, String account) {
        var token = owner.access();
        String flow;
        try {
            var begun = calls.patient(at).postJson(BASE + "/flow", token, Map.of("handler", "fake_device"));
            if (begun.status() != 200 || !"form".equals(begun.json().getString("type"))) {
                return;
            }
            flow = begun.json().getString("flow_id");
        } catch (IOException e) {
            return;
        }
        var input = Map.<String, Object>of("host", device.url(), "api_token", token(account));
        var created = calls.ask(
                Kind.CREATE,
                account,
                at,
                api -> api.postJson(BASE + "/flow/" + flow, token, input),
                EntryClients::createdOrNot,
                answer -> answer.json().getJsonObject("result").getString("entry_id"));
        if (created.ok()) {
            entries.add(created.operation().result());
        }
    }

    /** A flow that is not there any more may have ended with an entry. */
    private static Outcome createdOrNot(Answer answer) {
        if (answer.status() != 200) {
            return Outcome.UNKNOWN;
        }
        return answer.json().getString("type").equals(CREATED) ? Outcome.OK : Outcome.REFUSED;
    }

    /** Gives an entry a title that none ever had; returns it when it was taken. */
    String rename(Replica at, String entry) {
        var title = calls.name("title-");
        var renamed = calls.ask(
                Kind.RENAME,
                entry,
                at,
                api -> api.postJson(BASE + "/entry/" + entry + "/update", owner.access(), Map.of("title", title)),
                answer -> Calls.outcome(answer.status()),
                answer -> title,
                title);
        forgetWhenGone(entry, renamed.answer());
        return renamed.ok() ? title : null;
    }

    private void remove(Replica at, String entry) {
        var removed = calls.ask(Kind.REMOVE, entry, at, api -> api.delete(BASE + "/entry/" + entry, owner.access()));
        if (removed.ok()) {
            entries.remove(entry);
        }
        forgetWhenGone(entry, removed.answer());
    }

    private void forgetWhenGone(String entry, Answer answer) {
        if (answer != null && answer.status() == 404) {
            entries.remove(entry);
        }
    }

    /** Takes over entries whose creation was not answered. */
    private void learn(Replica at) {
        try {
            Api api = calls.patient(at);
            var listed = api.get(BASE + "/entry", owner.access());
            if (listed.status() == 200) {
                new JsonArray(listed.body())
                        .stream()
                                .map(entry -> ((JsonObject) entry).getString("entry_id"))
                                .filter(entry -> !entries.contains(entry))
                                .forEach(entries::add);
            }
        } catch (IOException e) {
            // Another time.
            return;
        }
    }

    /** Some entry to try something with. */
    String some() {
        return entries.stream().findFirst().orElse(null);
    }

    /** Connects something where nothing is, so that there is {@link #some()} entry. */
    void ensureOne() {
        learn(calls.of("flow").getFirst());
        if (entries.isEmpty()) {
            create(calls.of("flow").getFirst(), Accounts.NAMES.getFirst());
        }
    }
}
