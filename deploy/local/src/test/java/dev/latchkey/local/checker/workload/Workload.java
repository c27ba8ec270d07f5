package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.history.Delivery;
import dev.latchkey.local.checker.history.KeptEntry;
import dev.latchkey.local.checker.history.Outcome;
import dev.latchkey.local.checker.history.Recorder;
import dev.latchkey.local.checker.time.Pause;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.connection.Device;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All clients of a run. */
public final class Workload implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final int TRIES = 20;

    private final Cluster cluster;
    private final Calls calls;
    private final Grants grants;
    private final Sockets sockets;
    private final Graveyard graveyard;
    private final Pace pace;
    private final Administrator owner;
    private final GrantClients grantClients;
    private final UserClients userClients;
    private final EntryClients entryClients;
    private final EntryReader reader;

    private Workload(Cluster cluster, Recorder recorder, Device device, long seed) {
        this.cluster = cluster;
        this.calls = new Calls(cluster, recorder);
        this.grants = new Grants(calls);
        this.pace = new Pace(seed, recorder::fail);
        this.owner = new Administrator(calls, grants);
        this.sockets = new Sockets(calls);
        this.graveyard = new Graveyard(calls, grants, sockets, pace);
        this.grantClients = new GrantClients(calls, grants, sockets, graveyard, pace);
        this.userClients = new UserClients(calls, grants, sockets, graveyard, owner, pace);
        this.entryClients = device == null ? null : new EntryClients(calls, owner, device, pace);
        this.reader = device == null ? null : new EntryReader(cluster.kafka());
    }

    /** Makes the first user and the accounts of the device; once for a cluster. */
    public static void prepare(Cluster cluster, Device device) throws Exception {
        Device.describe(cluster.home());
        Accounts.make(device);
        try (var calls = new Calls(cluster, new Recorder())) {
            calls.patient(cluster.of("auth").getFirst()).makeOwner();
        }
    }

    /**
     * Starts the clients.
     *
     * @param device what is connected; null for a run without entries
     */
    public static Workload start(Cluster cluster, Recorder recorder, Device device, long seed) {
        var workload = new Workload(cluster, recorder, device, seed);
        workload.owner.signIn();
        workload.grantClients.start();
        workload.userClients.start();
        if (device != null) {
            workload.entryClients.start();
        }
        return workload;
    }

    /** Has clients take back grants from before, at once; to be called when something was just broken. */
    public void revokeSaved() {
        grantClients.revokeSaved();
    }

    /** Whether at this moment everything that clients do works on every replica; it is tried. */
    public boolean everythingWorks() {
        for (var auth : calls.of("auth")) {
            var grant = grants.signIn(auth, Api.USERNAME, Api.PASSWORD).orElse(null);
            if (grant == null
                    || !worksEverywhere(grant)
                    || !grants.revoke(auth, grant).ok()) {
                return false;
            }
        }
        return entryClients == null || entriesWork();
    }

    private boolean worksEverywhere(Grant grant) {
        for (var replica : calls.replicas()) {
            if (!grants.verify(replica, grant).ok()) {
                return false;
            }
        }
        for (var maker : calls.of("signing")) {
            var linked = grants.sign(maker, grant).orElse(null);
            if (linked == null
                    || !calls.of("signing").stream()
                            .allMatch(replica -> grants.follow(replica, linked).ok())) {
                return false;
            }
        }
        return true;
    }

    private boolean entriesWork() {
        entryClients.ensureOne();
        var entry = entryClients.some();
        if (entry == null) {
            return false;
        }
        for (Replica flow : calls.of("flow")) {
            var title = entryClients.rename(flow, entry);
            if (title == null || !told(title)) {
                return false;
            }
        }
        return true;
    }

    private boolean told(String title) {
        for (int i = 0; i < TRIES; i++) {
            if (reader.told(title)) {
                return true;
            }
            Pause.of(AGAIN);
        }
        return false;
    }

    /** Stops the clients; then looks for everything that was kept. What was published may still be on its way. */
    public void settle() {
        pace.close();
        for (var grant : grants.standing()) {
            for (int i = 0; i < TRIES; i++) {
                var reply = grants.refreshed(calls.of("auth").get(i % 2), grant);
                if (reply.operation().outcome() != Outcome.UNKNOWN) {
                    break;
                }
                Pause.of(AGAIN);
            }
        }
        userClients.findKept();
        sockets.findEnds();
        graveyard.showAll();
    }

    /** Whether entries are changed, which is published. */
    public boolean publishes() {
        return reader != null;
    }

    /** What was published about entries. */
    public List<Delivery> deliveries() {
        return reader == null ? List.of() : reader.deliveries();
    }

    /** The entries as the database has them. */
    public List<KeptEntry> keptEntries() throws SQLException {
        var database = cluster.database("flow");
        var kept = new ArrayList<KeptEntry>();
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, domain, unique_id, title from config_entry")) {
            while (rows.next()) {
                kept.add(new KeptEntry(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
        return kept;
    }

    @Override
    public void close() {
        pace.stop();
        if (reader != null) {
            reader.close();
        }
        sockets.close();
        calls.close();
    }
}
