package io.pickaroon.app.pipeline;

import io.pickaroon.processor.directio.DescriptorLimit;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many log files a run has open at most: what the configuration says, or fewer if the process may not have so many. */
final class OpenFileLimit {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFileLimit.class);
    /** For connections, libraries, the checkpoint and directories that are listed; half of what is left if that is less. */
    private static final int RESERVED = 100;

    private OpenFileLimit() {}

    /** Raises the limit of the process if it can; says once if it is still too low for what is wanted. */
    static int of(int wanted) {
        try {
            DescriptorLimit limit = DescriptorLimit.raised();
            int inUse = DescriptorLimit.inUse();
            int most = within(wanted, limit.soft(), inUse);
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
        } catch (IOException cannotTell) {
            LOG.debug("the limit of descriptors is not known: {}", cannotTell.getMessage());
            return wanted;
        }
    }

    /**
     * How many files may be open, at least 1.
     *
     * @param limit descriptors that the process may have
     * @param inUse those that it has already
     */
    static int within(int wanted, long limit, int inUse) {
        long left = Math.max(0, limit - inUse);
        return Math.clamp(left - Math.min(RESERVED, left / 2), 1, wanted);
    }
}
