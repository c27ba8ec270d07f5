package dev.latchkey.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What docs/asyncapi.yaml says of the events, to hold what is really sent against. */
public final class AsyncApiDocument {

    /** The settings of a topic for which AsyncAPI's Kafka bindings (0.5.0) have a place. */
    private static final Set<String> SETTINGS =
            Set.of("cleanup.policy", "retention.ms", "retention.bytes", "delete.retention.ms", "max.message.bytes");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V7);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode document;

    private AsyncApiDocument(JsonNode document) {
        this.document = document;
    }

    /** Reads the document of this checkout, from the folder of a module that is beside {@code docs}. */
    public static AsyncApiDocument read() {
        try {
            return new AsyncApiDocument(new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("../docs/asyncapi.yaml").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the types of the events that a topic has, by its address. */
    public Set<String> types(String topic) {
        return messages(topic).keySet();
    }

    /**
     * Returns what is wrong with a record.
     *
     * @param headers by name, among them {@code ce_type}
     * @param value JSON; null when it is a tombstone
     * @return empty when it is as the document says
     */
    public List<String> violations(String topic, Map<String, String> headers, String key, String value) {
        String type = headers.get("ce_type");
        JsonNode message = messages(topic).get(type);
        if (message == null) {
            return List.of("there is no " + type + " on " + topic);
        }
        List<String> violations = new ArrayList<>();
        violations.addAll(violations(message.get("headers"), JSON.valueToTree(headers)));
        violations.addAll(violations(message.at("/bindings/kafka/key"), TextNode.valueOf(key)));
        if (value != null) {
            violations.addAll(violationsOfPayload(topic, type, value));
        }
        return violations;
    }

    /** Returns what is wrong with the data of an event, which is JSON. */
    public List<String> violationsOfPayload(String topic, String type, String data) {
        JsonNode message = messages(topic).get(type);
        if (message == null) {
            return List.of("there is no " + type + " on " + topic);
        }
        try {
            return violations(message.get("payload"), JSON.readTree(data));
        } catch (JsonProcessingException e) {
            return List.of("not JSON: " + data);
        }
    }

    private List<String> violations(JsonNode schema, JsonNode value) {
        if (schema == null || schema.isMissingNode()) {
            return List.of("the document does not say what this is: " + value);
        }
        return schema(schema).validate(value).stream().map(Object::toString).toList();
    }

    /** Returns how many partitions a topic has. */
    public int partitions(String topic) {
        return channel(topic).at("/bindings/kafka/partitions").intValue();
    }

    /** Returns what the document says of how a topic is made, in Kafka's own names and notation. */
    public Map<String, String> settings(String topic) {
        Map<String, String> settings = new TreeMap<>();
        channel(topic).at("/bindings/kafka/topicConfiguration").properties().forEach(setting -> {
            List<String> values = new ArrayList<>();
            setting.getValue().forEach(value -> values.add(value.asText()));
            settings.put(setting.getKey(), values.isEmpty() ? setting.getValue().asText() : String.join(",", values));
        });
        return settings;
    }

    /** Returns those settings of a topic of which the document has to speak. */
    public static Map<String, String> documentable(Map<String, String> configuration) {
        Map<String, String> settings = new TreeMap<>(configuration);
        settings.keySet().retainAll(SETTINGS);
        return settings;
    }

    /** Returns where the references in the document lead, as JSON pointers after a {@code #}. */
    public Set<String> references() {
        return new TreeSet<>(document.findValuesAsText("$ref"));
    }

    /** Returns the references in the document that lead nowhere. */
    public Set<String> deadReferences() {
        Set<String> dead = references();
        dead.removeIf(reference -> !document.at(reference.substring(1)).isMissingNode());
        return dead;
    }

    /** Returns the messages without an example, and what is wrong with the examples of the others. */
    public List<String> violationsOfExamples() {
        List<String> violations = new ArrayList<>();
        for (JsonNode message : document.at("/components/messages")) {
            JsonNode examples = message.path("examples");
            if (examples.isEmpty()) {
                violations.add(message.get("name").textValue() + " has no example");
            }
            examples.forEach(example -> violations.addAll(violations(message.get("payload"), example.get("payload"))));
        }
        return violations;
    }

    private Map<String, JsonNode> messages(String topic) {
        Map<String, JsonNode> messages = new TreeMap<>();
        channel(topic).get("messages").forEach(reference -> {
            JsonNode message = resolve(reference);
            messages.put(message.get("name").textValue(), message);
        });
        return messages;
    }

    private JsonNode channel(String topic) {
        for (JsonNode channel : document.get("channels")) {
            if (channel.get("address").textValue().equals(topic)) {
                return channel;
            }
        }
        throw new IllegalArgumentException("the document has no channel for " + topic);
    }

    private JsonSchema schema(JsonNode node) {
        ObjectNode schema = resolve(node).deepCopy();
        // Where the references inside it lead.
        schema.set("components", document.get("components"));
        return SCHEMAS.getSchema(schema, STRICT);
    }

    /** Follows a reference within the document. */
    private JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null
                ? node
                : resolve(document.at(reference.textValue().substring(1)));
    }
}
