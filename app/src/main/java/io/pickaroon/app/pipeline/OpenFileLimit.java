package io.pickaroon.app.pipeline;

import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.directio.DescriptorLimit;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many log files a run has open at most: what the configuration says, or fewer if the process may not have so many. What a
 * run needs besides is set aside first: without connections nothing is delivered, however many files are open.
 */
final class OpenFileLimit {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFileLimit.class);
    /** For connections to many brokers, libraries and directories, where there is room for it: three quarters of what is left. */
    private static final int USUAL_RESERVE = 100;
    /**
     * A run has its checkpoint, journal and lock open (3), the watch of directories (1), the output (1), the directories above
     * the one that is listed, two descriptors each (8 for four levels), the file or directory that is being opened (2), and some
     * connections of HTTP (4).
     */
    private static final int RESERVE = 19;
    /** A client of Kafka has a selector (2), its first connection (1), and one for each broker; two clients are open at once. */
    private static final int CLIENTS = 2;

    private static final int FOR_EACH_CLIENT = 4;
    private static final int USUAL_BROKERS = 3;
    private static final int LEAST_FILES = 2;

    private OpenFileLimit() {}

    /**
     * Raises the limit of the process if it can; says once if it is still too low for what is wanted.
     *
     * @throws IOException if it is so low that nothing could be delivered
     */
    static int of(Settings settings) throws IOException {
        int wanted = settings.process().maxOpenFiles();
        DescriptorLimit limit;
        int inUse;
        try {
            limit = DescriptorLimit.raised();
            inUse = DescriptorLimit.inUse();
        } catch (IOException cannotTell) {
            LOG.debug("the limit of descriptors is not known: {}", cannotTell.getMessage());
            return wanted;
        }
        int reserve = reserve(settings.output());
        int most =
                within(wanted, limit.soft() - inUse, reserve, settings.process().threads());
        if (most < Math.min(wanted, LEAST_FILES)) {
            throw new IOException(
                    "this process may have %d file descriptors, uses %d already, and this run needs at least %d; raise the limit (ulimit -n, or LimitNOFILE= in systemd)"
                            .formatted(limit.soft(), inUse, inUse + reserve + 2 * LEAST_FILES - 1));
        }
        if (most < wanted) {
            LOG.warn(
                    "maxOpenFiles: {} files are kept open at most, not {}: this process may have {} descriptors,"
                            + " uses {} and needs some for connections. All files are read; to keep more of them open,"
                            + " raise the limit (ulimit -n, or LimitNOFILE= in systemd)",
                    most,
                    wanted,
                    limit.soft(),
                    inUse);
        }
        return most;
    }

    /** How many descriptors a run needs at least besides those of log files. */
    static int reserve(OutputSettings output) {
        if (!(output instanceof OutputSettings.Kafka kafka)) {
            return RESERVE;
        }
        int brokers = Math.max(USUAL_BROKERS, kafka.bootstrapServers().split(",").length);
        return RESERVE + CLIENTS * (FOR_EACH_CLIENT + brokers);
    }

    /**
     * How many files may be open; 0 if there is not enough for any.
     *
     * @param left descriptors that the process may still open
     * @param reserve those that are not for files, at least
     * @param threads each may have opened one file more by the time that it is found out that there are too many
     */
    static int within(int wanted, long left, int reserve, int threads) {
        long forFiles = left - Math.clamp(left - left / 4, reserve, Math.max(reserve, USUAL_RESERVE));
        long files = Math.max((forFiles + 1) / 2, forFiles - threads);
        return Math.clamp(files, 0, wanted);
    }
}
