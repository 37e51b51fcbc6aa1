package io.pickaroon.processor.rule;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import java.util.List;
import java.util.Optional;

/** Leaves matches out where rules emit a {@link Sample}. For one thread; allocates nothing for a match. */
public final class SampledRules {
    /** Of each rule; null where it emits every match. */
    private final Sample[] samples;

    private final byte[][] idParts;
    private final boolean used;
    private FileIdentity file;
    private Optional<String> idText = Optional.empty();
    private MatchIds ids;

    public SampledRules(List<Rule> rules) {
        this.samples = new Sample[rules.size()];
        this.idParts = new byte[rules.size()][];
        boolean any = false;
        for (int index = 0; index < samples.length; index++) {
            Rule rule = rules.get(index);
            if (rule.emits() && !rule.options().sample().isAll()) {
                samples[index] = rule.options().sample();
                idParts[index] = MatchIds.rulePart(rule.id());
                any = true;
            }
        }
        this.used = any;
    }

    /** The matches that follow are of this file; it is asked for its identity only where a rule leaves any out. */
    public void begin(LogFile newFile) {
        if (used && !(newFile.identity().equals(file) && newFile.idText().equals(idText))) {
            file = newFile.identity();
            idText = newFile.idText();
            ids = MatchIds.of(newFile);
        }
    }

    /**
     * True if the match is not emitted.
     *
     * @param rule index of a rule that matches and emits
     * @param recordOffset offset of the record in the file
     */
    public boolean leavesOut(int rule, long recordOffset) {
        return samples[rule] != null && !samples[rule].chooses(ids.hash(recordOffset, idParts[rule]));
    }
}
