package dev.latchkey.platform.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes topics as they have to be. A revocation on a topic that is not compacted would be lost after a week. */
public final class Topics {

    /** What auth-service says of grants: read by whoever verifies access tokens. */
    public static final TopicSettings REVOCATIONS = TopicSettings.compacted("latchkey.auth.revocations");

    /** Who the users are. */
    public static final TopicSettings USERS = TopicSettings.compacted("latchkey.auth.users");

    private Topics() {}

    /**
     * Makes the topics that do not exist yet, and gives those that do the settings asked for. Safe to repeat and for several
     * replicas at once. Blocks.
     *
     * @param kafka how to reach Kafka
     * @return the id by name: a topic that was deleted and made again has another one
     * @throws KafkaException when Kafka is away or refuses, or a topic that must have one partition, because a heartbeat on it speaks
     *     for all of it, has several
     */
    public static Map<String, String> ensure(Collection<TopicSettings> topics, Map<String, Object> kafka) {
        try (Admin admin = Admin.create(KafkaSettings.admin(kafka))) {
            CreateTopicsResult made =
                    admin.createTopics(topics.stream().map(Topics::newTopic).toList());
            Map<String, String> idByName = new HashMap<>();
            List<TopicSettings> existing = new ArrayList<>();
            for (TopicSettings topic : topics) {
                try {
                    idByName.put(topic.name(), await(made.topicId(topic.name())).toString());
                } catch (TopicExistsException e) {
                    existing.add(topic);
                }
            }
            if (!existing.isEmpty()) {
                await(admin.incrementalAlterConfigs(
                                existing.stream().collect(Collectors.toMap(Topics::resource, Topics::changes)))
                        .all());
                idByName.putAll(idsOf(existing, admin));
            }
            return idByName;
        }
    }

    /**
     * Returns where topics of one partition end: the offset that the next record gets. Blocks.
     *
     * @throws KafkaException when Kafka is away or refuses
     */
    public static Map<String, Long> ends(Collection<String> topics, Map<String, Object> kafka) {
        if (topics.isEmpty()) {
            return Map.of();
        }
        try (Admin admin = Admin.create(KafkaSettings.admin(kafka))) {
            Map<TopicPartition, OffsetSpec> latest = topics.stream()
                    .collect(Collectors.toMap(topic -> new TopicPartition(topic, 0), topic -> OffsetSpec.latest()));
            return await(admin.listOffsets(latest).all()).entrySet().stream()
                    .collect(Collectors.toMap(
                            end -> end.getKey().topic(), end -> end.getValue().offset()));
        }
    }

    private static Map<String, String> idsOf(List<TopicSettings> topics, Admin admin) {
        Map<String, Integer> partitions =
                topics.stream().collect(Collectors.toMap(TopicSettings::name, TopicSettings::partitions));
        Collection<TopicDescription> found =
                await(admin.describeTopics(partitions.keySet()).allTopicNames()).values();
        for (TopicDescription topic : found) {
            if (partitions.get(topic.name()) == 1 && topic.partitions().size() > 1) {
                throw new KafkaException("the topic " + topic.name() + " has "
                        + topic.partitions().size() + " partitions and must have one: delete it, and it is made anew");
            }
        }
        return found.stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.topicId().toString()));
    }

    private static NewTopic newTopic(TopicSettings topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                .configs(topic.configuration());
    }

    private static ConfigResource resource(TopicSettings topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static Collection<AlterConfigOp> changes(TopicSettings topic) {
        return topic.configuration().entrySet().stream()
                .map(setting -> new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()), OpType.SET))
                .toList();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure
                    ? failure
                    : new KafkaException("Kafka did not answer", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
