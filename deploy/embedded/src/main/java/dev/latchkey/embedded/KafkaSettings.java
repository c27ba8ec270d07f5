package dev.latchkey.embedded;

import dev.latchkey.embedded.KafkaOptions.Detour;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;

/** The configuration of a single node that is broker and controller in one. */
final class KafkaSettings {
    private KafkaSettings() {}

    static Properties of(Path data, int port, int controllerPort, List<Detour> detours) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("log.dirs", data.toString());

        var client = Loopback.HOST + ":" + port;
        var controller = Loopback.HOST + ":" + controllerPort;
        var listeners = new StringJoiner(",").add("CLIENT://" + client).add("CONTROLLER://" + controller);
        var advertised = new StringJoiner(",").add("CLIENT://" + client);
        var protocols = new StringJoiner(",").add("CLIENT:PLAINTEXT").add("CONTROLLER:PLAINTEXT");
        for (var detour : detours) {
            // Clients are told the address of the listener that they came in by.
            var name = "DETOUR_" + detour.port();
            listeners.add(name + "://" + Loopback.HOST + ":" + detour.port());
            advertised.add(name + "://" + Loopback.HOST + ":" + detour.advertised());
            protocols.add(name + ":PLAINTEXT");
        }
        settings.put("listeners", listeners.toString());
        settings.put("advertised.listeners", advertised.toString());
        settings.put("listener.security.protocol.map", protocols.toString());
        settings.put("inter.broker.listener.name", "CLIENT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@" + controller);

        // A restarted broker must wait until the session of its killed predecessor has run out.
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("group.initial.rebalance.delay.ms", "0");

        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // A topic made in passing would not be compacted, and compaction is what revocations rely on.
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("metrics.jmx.include", "none");
        return settings;
    }
}
