package dev.latchkey.auth.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.auth.entry.Listing.Snapshot;
import dev.latchkey.auth.socket.CommandException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Makes of flow-service's lists what clients get, one element in memory at a time. Times keep every digit. */
@ApplicationScoped
class ListJson {

    private static final Logger LOG = Logger.getLogger(ListJson.class);

    /** Flows that a person started are seen by who started them, not announced to others. */
    private static final Set<String> PROMPTED = Set.of("user", "reconfigure", "options");

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** Tells whether a flow of a source is announced. */
    static boolean isAnnounced(String source) {
        return !PROMPTED.contains(source);
    }

    /** Returns those of a list of flows that nobody started by hand. */
    List<JsonNode> announced(byte[] list) throws CommandException {
        List<JsonNode> flows = new ArrayList<>();
        each(list, flow -> {
            if (isAnnounced(source(flow))) {
                flows.add(flow);
            }
        });
        return flows;
    }

    /**
     * Returns the event that begins a subscription to flows.
     *
     * @param list of flows
     */
    Snapshot flows(byte[] list) throws CommandException {
        Set<String> ids = new HashSet<>();
        String event = event(list, flow -> isAnnounced(source(flow)), (flow, json) -> {
            ids.add(flow.path("flow_id").asText());
            json.writeNullField("type");
            json.writeStringField("flow_id", flow.path("flow_id").asText());
            json.writeFieldName("flow");
            json.writeTree(flow);
        });
        return new Snapshot(event, ids);
    }

    /**
     * Returns the event that begins a subscription to entries.
     *
     * @param list of entries
     * @param since what was created before was told long ago
     */
    Snapshot entries(byte[] list, Instant since) throws CommandException {
        BigDecimal seconds = BigDecimal.valueOf(since.getEpochSecond());
        Set<String> recent = new HashSet<>();
        String event = event(list, entry -> true, (entry, json) -> {
            if (entry.path("created_at").decimalValue().compareTo(seconds) >= 0) {
                recent.add(entry.path("entry_id").asText());
            }
            json.writeNullField("type");
            json.writeFieldName("entry");
            json.writeTree(entry);
        });
        return new Snapshot(event, recent);
    }

    private interface Members {
        void write(JsonNode element, JsonGenerator json) throws IOException;
    }

    private interface Element {
        void take(JsonNode element) throws IOException;
    }

    private static String event(byte[] list, Predicate<JsonNode> wanted, Members members) throws CommandException {
        StringWriter text = new StringWriter(list.length + list.length / 8);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            each(list, element -> {
                if (wanted.test(element)) {
                    json.writeStartObject();
                    members.write(element, json);
                    json.writeEndObject();
                }
            });
            json.writeEndArray();
        } catch (IOException e) {
            throw new IllegalStateException("a list could not be written", e);
        }
        return text.toString();
    }

    private static void each(byte[] list, Element element) throws CommandException {
        try (MappingIterator<JsonNode> elements = JSON.readerFor(JsonNode.class).readValues(list)) {
            while (elements.hasNextValue()) {
                element.take(elements.nextValue());
            }
        } catch (IOException e) {
            LOG.warnf("flow-service answered what is no list: %s", e.getClass().getSimpleName());
            throw FlowServiceErrors.away();
        }
    }

    private static String source(JsonNode flow) {
        return flow.path("context").path("source").asText();
    }
}
