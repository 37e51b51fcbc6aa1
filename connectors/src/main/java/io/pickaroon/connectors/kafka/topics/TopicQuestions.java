package io.pickaroon.connectors.kafka.topics;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers about topics that may not exist. Blocks until they answer. */
public final class TopicQuestions {
    private static final int TIMEOUT_MILLIS = 5_000;

    private TopicQuestions() {}

    /**
     * What the brokers say.
     *
     * @param facts about the topics that exist
     * @param refused why the others may not be used
     */
    record Answers(Map<String, TopicFacts> facts, Map<String, Throwable> refused) {}

    /**
     * What the brokers say about those of the topics that exist and may be written to.
     *
     * @throws ExecutionException if they do not answer
     */
    public static Map<String, TopicFacts> existing(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        return topics.isEmpty() ? Map.of() : ask(admin, topics).facts();
    }

    /** In one request for all topics, and one for the configurations of those that exist. */
    static Answers ask(Admin admin, Collection<String> topics) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> descriptions = new LinkedHashMap<>();
        Map<String, Throwable> refused = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : admin.describeTopics(
                        topics, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                .topicNameValues()
                .entrySet()) {
            try {
                TopicDescription description = answer.getValue().get();
                if (description.isInternal()) {
                    refused.put(answer.getKey(), new InvalidTopicException("it is internal to Kafka"));
                } else {
                    descriptions.put(answer.getKey(), description);
                }
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case UnknownTopicOrPartitionException cause -> refused.put(answer.getKey(), cause);
                    case TopicAuthorizationException cause -> refused.put(answer.getKey(), cause);
                    case InvalidTopicException cause -> refused.put(answer.getKey(), cause);
                    default -> throw e;
                }
            }
        }
        return new Answers(facts(admin, descriptions), refused);
    }

    private static Map<String, TopicFacts> facts(Admin admin, Map<String, TopicDescription> descriptions)
            throws ExecutionException, InterruptedException {
        Map<String, TopicFacts> facts = new HashMap<>();
        if (descriptions.isEmpty()) {
            return facts;
        }
        Map<ConfigResource, KafkaFuture<Config>> configured = admin.describeConfigs(
                        descriptions.keySet().stream().map(TopicCheck::resource).toList(),
                        new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS))
                .values();
        for (Map.Entry<String, TopicDescription> topic : descriptions.entrySet()) {
            facts.put(
                    topic.getKey(),
                    TopicCheck.facts(topic.getValue(), configured.get(TopicCheck.resource(topic.getKey()))));
        }
        return facts;
    }
}
