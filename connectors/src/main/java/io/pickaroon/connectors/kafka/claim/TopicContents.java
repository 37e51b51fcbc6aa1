package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.file.FileIdentity;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the positions topic holds, as far as it was read.
 *
 * @param claims of all names
 * @param positions by name and file; at least those of the names and files that the reader was interested in
 * @param unreadable names with a malformed record, and what is wrong with it
 * @param isWhole whether these are all positions of the topic
 */
public record TopicContents(
        Map<String, Claim> claims,
        Map<String, Map<FileIdentity, StoredPosition>> positions,
        Map<String, String> unreadable,
        boolean isWhole) {
    public TopicContents {
        claims = Map.copyOf(claims);
        positions = Map.copyOf(positions);
        unreadable = Map.copyOf(unreadable);
    }

    public Optional<Claim> claim(String name) {
        return Optional.ofNullable(claims.get(name));
    }

    /** All claims that are not passing, by name. */
    public Map<String, Claim> lastingClaims() {
        Map<String, Claim> lasting = new TreeMap<>(claims);
        lasting.values().removeIf(Claim::passing);
        return lasting;
    }

    public Map<FileIdentity, StoredPosition> positions(String name) {
        return positions.getOrDefault(name, Map.of());
    }

    /** Whether the name has a claim or a position. */
    public boolean has(String name) {
        return claims.containsKey(name) || !positions(name).isEmpty();
    }

    /** All names, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(claims.keySet());
        positions.forEach((name, files) -> {
            if (!files.isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    /** Fingerprints of all rules that the claim and the positions of a name have. */
    public Set<String> rules(String name) {
        Set<String> rules = new HashSet<>();
        Optional.ofNullable(claims.get(name)).ifPresent(claim -> rules.addAll(claim.rules()));
        positions(name)
                .values()
                .forEach(stored -> rules.addAll(stored.position().rules()));
        return rules;
    }

    /** The highest reset number of the positions of a name; 0 without any. */
    public int highestResets(String name) {
        return positions(name).values().stream()
                .mapToInt(stored -> stored.position().resets())
                .max()
                .orElse(0);
    }

    /** When a name was last written to; empty if that is not known. */
    public Optional<Instant> lastWritten(String name) {
        return Stream.concat(
                        Stream.ofNullable(claims.get(name)).map(Claim::claimedAt),
                        positions(name).values().stream().map(StoredPosition::deliveredAt))
                .filter(instant -> instant.isAfter(Instant.EPOCH))
                .max(Instant::compareTo);
    }
}
