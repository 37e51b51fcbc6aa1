package io.pickaroon.app.run;

import io.pickaroon.app.report.DaemonStatus;
import io.pickaroon.app.report.DaemonStatus.Phase;
import io.pickaroon.processor.directio.NotifySocket;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd, if it started this process as a service of {@code Type=notify}, that it is ready, that it stops, and, if
 * the unit has {@code WatchdogSec}, that it is alive. See {@code sd_notify(3)}.
 *
 * <p>Ready means that the checkpoint is recovered and files are read, not that a broker was reached: a service that starts
 * during an outage must not be killed for it. Thread-safe.
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    /** Takes a message for the manager. */
    interface Mailbox {
        void send(String message) throws IOException;
    }

    private final Optional<Mailbox> mailbox;
    private final Supplier<DaemonStatus> status;
    private final ScheduledExecutorService timer;
    private boolean failed;

    ServiceManager(Optional<Mailbox> mailbox, Optional<Duration> watchdog, Supplier<DaemonStatus> status) {
        this.mailbox = mailbox;
        this.status = status;
        if (mailbox.isPresent() && watchdog.isPresent()) {
            long intervalMillis = Math.max(1, watchdog.get().toMillis() / 3);
            timer = Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().daemon().name("watchdog").unstarted(task));
            timer.scheduleWithFixedDelay(this::tick, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
        } else {
            timer = null;
        }
    }

    /**
     * The manager that the environment names; it takes no messages if there is none.
     *
     * @param environment the value of a variable, null when it is not set
     * @param status how the process is doing
     * @throws IOException if the environment names something that is no socket
     */
    public static ServiceManager of(UnaryOperator<String> environment, Supplier<DaemonStatus> status)
            throws IOException {
        String socket = environment.apply("NOTIFY_SOCKET");
        if (socket == null || socket.isEmpty()) {
            return new ServiceManager(Optional.empty(), Optional.empty(), status);
        }
        NotifySocket opened = new NotifySocket(socket);
        return new ServiceManager(Optional.of(opened::send), watchdog(environment), status);
    }

    private static Optional<Duration> watchdog(UnaryOperator<String> environment) {
        String micros = environment.apply("WATCHDOG_USEC");
        String pid = environment.apply("WATCHDOG_PID");
        boolean forUs =
                pid == null || pid.equals(Long.toString(ProcessHandle.current().pid()));
        return micros != null && micros.matches("[1-9]\\d{0,17}") && forUs
                ? Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
                : Optional.empty();
    }

    /** The process does something else now. */
    public void entered(Phase phase) {
        switch (phase) {
            case RUNNING -> send("READY=1\nSTATUS=running");
            case RELOADING -> send("STATUS=reloading the configuration");
            case STOPPING -> send("STOPPING=1\nSTATUS=stopping");
            case STARTING -> send("STATUS=starting");
        }
    }

    /** Silence is what has the manager restart the process. */
    private void tick() {
        DaemonStatus now = status.get();
        if (now.reasonsNotHealthy().isEmpty()) {
            String reasons = String.join("; ", now.reasonsNotReady());
            send("WATCHDOG=1\nSTATUS=" + (reasons.isEmpty() ? "running" : reasons.replace('\n', ' ')));
        }
    }

    private synchronized void send(String message) {
        if (mailbox.isEmpty()) {
            return;
        }
        try {
            mailbox.get().send(message);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("the service manager cannot be told how this process is doing: {}", e.getMessage());
            }
            failed = true;
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
