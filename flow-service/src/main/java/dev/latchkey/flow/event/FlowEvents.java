package dev.latchkey.flow.event;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.flow.progress.FlowClosed;
import dev.latchkey.flow.progress.FlowOpened;
import dev.latchkey.flow.progress.FlowProgressed;
import dev.latchkey.flow.progress.FlowsClosed;
import dev.latchkey.platform.outbox.Outbox;
import dev.latchkey.platform.outbox.OutboxEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts the beginnings and ends of flows into the outbox, in the transaction in which they happen (decision F12). What is entered
 * in a flow, and what it asks for, is in none of them.
 */
@ApplicationScoped
class FlowEvents {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final String TYPE = "dev.latchkey.flow.flow.";

    private final Outbox outbox;
    private final ObjectMapper mapper;
    private final Clock clock;

    FlowEvents(Outbox outbox, ObjectMapper mapper, Clock clock) {
        this.outbox = outbox;
        this.mapper = mapper;
        this.clock = clock;
    }

    void opened(@Observes FlowOpened event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("flow_id", event.flow().flowId());
        data.put("source", event.flow().context().get("source"));
        data.put("entry_id", event.entryId());
        data.put("flow", mapper.convertValue(event.flow(), MAP));
        outbox.add(event("started", event.flow().flowId(), data));
    }

    void progressed(@Observes FlowProgressed event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("flow_id", event.flowId());
        data.put("handler", event.handler());
        outbox.add(event("progressed", event.flowId(), data));
    }

    void closed(@Observes FlowsClosed event) {
        outbox.addAll(event.flows().stream().map(this::ended).toList());
    }

    private OutboxEvent ended(FlowClosed flow) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("flow_id", flow.flowId());
        data.put("source", flow.source().id());
        data.put("entry_id", flow.entryId());
        return event("ended", flow.flowId(), data);
    }

    private OutboxEvent event(String what, String flowId, Map<String, Object> data) {
        return new OutboxEvent(EntryPublication.TOPIC, flowId, TYPE + what + ".v1", flowId, data, clock.instant());
    }
}
