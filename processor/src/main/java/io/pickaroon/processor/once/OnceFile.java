package io.pickaroon.processor.once;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.track.TrackedFile;

/**
 * Where a file is that a run reads to its present end. There is one scan, and files of one name are read in the order in which
 * it adds them.
 */
record OnceFile(InputScanners scanners, FileLocation place, RunResources resources) implements TrackedFile<OnceFile> {
    @Override
    public FileIdentity identity() {
        return inode().ofGeneration(resources.positions().generation(inode()));
    }

    @Override
    public boolean foundAt(
            FileSighting sighting, boolean homeLeadsElsewhere, boolean isNew, SinkPositions destination) {
        place.foundAt(sighting.path(), homeLeadsElsewhere);
        return true;
    }

    @Override
    public void markMissing() {
        place.markMissing();
    }
}
