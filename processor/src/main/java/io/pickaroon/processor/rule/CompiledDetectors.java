package io.pickaroon.processor.rule;

import io.pickaroon.processor.detect.Detection;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteNode;
import io.pickaroon.processor.regex.RequiredNeedles;
import io.pickaroon.processor.search.Needle;
import io.pickaroon.processor.secret.SecretRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pattern of detectors asks for something, compiled once for all threads. Thread-safe.
 *
 * @param detectors in no order that counts
 * @param secrets rules for secrets, if it has some
 */
public record CompiledDetectors(List<Detector> detectors, Optional<SecretRules> secrets) {
    static CompiledDetectors of(Pattern.Detect detect) {
        return new CompiledDetectors(
                detect.detectors(),
                detect.secrets().isEmpty() ? Optional.empty() : Optional.of(new SecretRules(detect.secrets())));
    }

    /** An expression that matches in each record in which something is found. */
    ByteExpression candidates() {
        List<ByteNode> trees = new ArrayList<>();
        if (!detectors.isEmpty()) {
            trees.add(Detector.candidates(detectors).tree());
        }
        secrets.ifPresent(rules -> trees.addAll(rules.trees()));
        return new ByteExpression(new ByteNode.Choice(trees), Map.of());
    }

    /** Needles of which each record has one in which something is found. */
    RequiredNeedles.Required required() {
        List<Needle> needles = new ArrayList<>();
        if (!detectors.isEmpty()) {
            List<Needle> ofDetectors =
                    RequiredNeedles.of(Detector.candidates(detectors).tree()).needles();
            if (ofDetectors.isEmpty()) {
                return CompiledCondition.NOTHING_REQUIRED;
            }
            needles.addAll(ofDetectors);
        }
        if (secrets.isPresent()) {
            if (secrets.get().needles().isEmpty()) {
                return CompiledCondition.NOTHING_REQUIRED;
            }
            needles.addAll(secrets.get().needles());
        }
        return new RequiredNeedles.Required(List.copyOf(needles), false);
    }

    /** True if candidates take the place of the needles of detectors, see {@link Detector#hasCommonNeedles}. */
    public boolean haveCommonNeedles() {
        return detectors.stream().anyMatch(Detector::hasCommonNeedles);
    }

    /** Those of the rules for secrets alone; empty if there are none, or if nothing is known of a record with a secret. */
    public List<Needle> needlesOfSecrets() {
        return secrets.map(SecretRules::needles).orElse(List.of());
    }

    /** True if each record has to be tested for secrets. */
    public boolean testEveryRecord() {
        return secrets.filter(rules -> rules.needles().isEmpty()).isPresent();
    }

    /** What finds it, for one thread. */
    Detection newDetection() {
        return new Detection(
                detectors, secrets.map(SecretRules::newFinder).stream().toList());
    }
}
