package io.pickaroon.app.plan;

import io.pickaroon.app.figures.RecordedRun;
import io.pickaroon.app.forecast.Examples;
import io.pickaroon.app.forecast.Foreseen;
import java.util.List;

/**
 * All that a plan knows.
 *
 * @param run the figures that a later run can be compared with
 * @param copies what stands beside the files that would change
 */
record Plan(
        RecordedRun run,
        Foreseen foreseen,
        Examples examples,
        ChangeMaps maps,
        DetectorCounts detectors,
        List<Copies.Copy> copies) {

    /**
     * How long the run takes to read, in seconds: what it took here, without what the plan alone has done. What the destination takes
     * to acknowledge and the disk to make changes durable comes on top, and no plan knows it.
     */
    double readingSeconds() {
        return Math.max(0, foreseen.seconds() - detectors.seconds());
    }
}
