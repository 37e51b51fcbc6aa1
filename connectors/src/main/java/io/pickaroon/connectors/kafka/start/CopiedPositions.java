package io.pickaroon.connectors.kafka.start;

import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.file.FileIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Positions under a name that several configurations of a version without claims may have used, as far as they are certain to
 * be those of this checkpoint: its rules have delivered all that lies between its own place and there.
 *
 * @param positions that count
 * @param left paths of files for which they do not; there the checkpoint's own place counts
 */
record CopiedPositions(Map<FileIdentity, StoredPosition> positions, List<String> left) {
    /**
     * Compares positions with what the checkpoint knows.
     *
     * @param delivered whether what was sent up to a position is there for good
     */
    static CopiedPositions of(
            Map<FileIdentity, StoredPosition> others, Map<FileIdentity, KnownFile> files, boolean delivered) {
        Map<FileIdentity, StoredPosition> positions = new HashMap<>();
        List<String> left = new ArrayList<>();
        others.forEach((file, stored) -> {
            KnownFile known = files.get(file);
            if (known == null) {
                return;
            }
            boolean sameRules = stored.position().rules().equals(known.rules());
            long place = known.checkpointed().orElse(-1);
            if (delivered && sameRules && stored.position().rulesSince() <= place) {
                positions.put(file, stored);
            } else if (stored.position().position().offset() > place && (sameRules || place >= 0)) {
                left.add(stored.path());
            }
        });
        return new CopiedPositions(positions, left.stream().sorted().toList());
    }
}
