package io.pickaroon.app.run;

import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.pipeline.RunOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line asks of a run.
 *
 * @param configuration the file
 * @param options how its files are read
 * @param watchConfig whether to read the configuration again when it changes
 * @param devBroker present if matches go to a dev-broker beside the run
 * @param orders what is said about the name under which positions are kept
 * @param ledger where the figures of the run are kept, by file and rule; empty: nowhere
 */
record RunRequest(
        Path configuration,
        RunOptions options,
        boolean watchConfig,
        Optional<DevBroker> devBroker,
        StartOrders orders,
        Optional<Path> ledger) {
    /**
     * A dev-broker beside the run.
     *
     * @param data where it keeps its topics; empty: beside the checkpoint
     */
    record DevBroker(Optional<Path> data) {}
}
