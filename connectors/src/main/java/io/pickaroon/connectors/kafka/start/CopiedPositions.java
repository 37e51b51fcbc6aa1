package io.pickaroon.connectors.kafka.start;

import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.file.FileIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The positions that certainly belong to this checkpoint, under a name that several configurations of a version without
 * claims may have shared: this checkpoint's rules have delivered everything between its own place and the position.
 * Immutable.
 *
 * @param positions that count
 * @param left paths of the files whose positions do not count; the checkpoint's own place counts for them
 */
record CopiedPositions(Map<FileIdentity, StoredPosition> positions, List<String> left) {
    /**
     * Compares positions with the places of the checkpoint.
     *
     * @param delivered whether the records up to a position cannot be aborted any more
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
