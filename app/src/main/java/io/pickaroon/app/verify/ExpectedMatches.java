package io.pickaroon.app.verify;

import io.pickaroon.app.forecast.Watcher;
import io.pickaroon.app.verify.VerifiedRules.Sending;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.InputOrigins;
import io.pickaroon.inputs.shown.ShownMatch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Notes each match that the rules still find in what is delivered. For one thread at a time. */
final class ExpectedMatches implements Watcher {
    private final VerifiedFiles files;
    private final VerifiedRules rules;
    private final SortedEntries entries;
    private final Findings findings;
    private final RecordOrigins origins;
    private final Map<String, Integer> partDistances = new HashMap<>();
    private final Map<Sending, RecordRenderer> renderers = new HashMap<>();
    private final RenderedRecord rendered = new RenderedRecord();
    private final Set<String> topics = new TreeSet<>();

    ExpectedMatches(
            Settings settings, VerifiedFiles files, VerifiedRules rules, SortedEntries entries, Findings findings) {
        this.files = files;
        this.rules = rules;
        this.entries = entries;
        this.findings = findings;
        this.origins = new InputOrigins(settings);
        settings.inputs()
                .forEach(input -> input.records()
                        .container()
                        .ifPresent(container -> partDistances.put(input.id(), container.maxPartDistance())));
        rules.all().forEach(rule -> rule.topic().ifPresent(topics::add));
    }

    @Override
    public synchronized void sent(ScannedWindow window) {
        VerifiedFile file = files.of(window);
        if (window.startOffset() >= file.deliveredOffset()) {
            return;
        }
        MatchBatch matches = window.matches();
        findings.unproven(Unproven.SAMPLED, matches.sampledOut());
        try {
            for (int match = 0; match < matches.size(); match++) {
                Optional<Sending> rule = rules.of(matches.rule(match).id());
                if (rule.isPresent() && matches.recordOffset(match) < file.deliveredOffset()) {
                    add(window, file, rule.get(), match);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(ScannedWindow window, VerifiedFile file, Sending rule, int match) throws IOException {
        if (rule.idHeader().isEmpty()) {
            findings.unproven(Unproven.NO_ID, 1);
        } else if (!rules.wasInForce(window.input(), rule.form().ruleId())) {
            findings.unproven(Unproven.OTHER_RULES, 1);
        } else {
            MatchBatch matches = window.matches();
            long offset = matches.recordOffset(match);
            if (rule.topic().isEmpty()) {
                nameTopic(window, rule, match);
            }
            long endOffset = offset + matches.recordLength(match) + partDistances.getOrDefault(window.input(), 0);
            entries.add(DeliveryComparison.group(file, rule), offset, DeliveryComparison.EXPECTED, endOffset);
        }
    }

    private void nameTopic(ScannedWindow window, Sending rule, int match) {
        ShownMatch shown = new ShownMatch(window.matches(), MatchIds.of(window.file()), 0);
        renderers
                .computeIfAbsent(rule, sending -> sending.form().newRenderer())
                .renderTopic(
                        shown.at(match, MatchIds.rulePart(rule.form().ruleId())),
                        origins.of(
                                window.input(), NativePath.escaped(window.file().path())),
                        rendered);
        if (rendered.problem().isEmpty()) {
            topics.add(rendered.topic());
        }
    }

    /** The topics to which the matches went. */
    synchronized Set<String> topics() {
        return Set.copyOf(topics);
    }
}
