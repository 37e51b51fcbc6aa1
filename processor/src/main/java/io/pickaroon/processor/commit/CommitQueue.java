package io.pickaroon.processor.commit;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * What readings ask of progress, in order, beside the windows that come through the sink. Each completes when it is done;
 * what cannot be done ends the run, and never completes.
 */
public interface CommitQueue {
    /** Makes it durable where reading begins, in a file that no checkpoint knows or that has begun anew. */
    Mono<Void> begin(LogFile file, Position start, int resets);

    /** Makes it durable where reading will begin in files that no checkpoint knows. */
    Mono<Void> beginAll(Map<FileSighting, Position> starts);

    /** Makes it durable that inputs are started for the first time, and where files that are there then are begun. */
    Mono<Void> start(Map<String, Instant> inputs, Map<FileSighting, Position> starts);

    /** Takes a window that an earlier session delivered. */
    Mono<Void> replay(ScannedWindow window, Position delivered);

    /** Takes a window whose fixes waited for the rotation of its file. */
    Mono<Void> fixAfterRotation(ScannedWindow window, Position delivered);

    /** No rule wants what waits in this file. */
    Mono<Void> nothingWaits(FileIdentity file);

    /** Makes all that was taken durable. */
    Mono<Void> commit();

    /** Remembers since when a file is nowhere to be found; empty if it is there. */
    Mono<Void> gone(FileIdentity file, Optional<Instant> since);

    /** Forgets a file that has been gone for long. */
    Mono<Void> forget(FileIdentity file);
}
