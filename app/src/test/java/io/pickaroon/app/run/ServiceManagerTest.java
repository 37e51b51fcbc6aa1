package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.report.DaemonStatus;
import io.pickaroon.app.report.DaemonStatus.Phase;
import io.pickaroon.app.report.SampleStatus;
import io.pickaroon.processor.metrics.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceManagerTest {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile DaemonStatus status = SampleStatus.READY.status();

    @Test
    void itIsToldWhenTheProcessIsReadyAndWhenItStops() {
        try (ServiceManager manager = manager(Optional.empty())) {
            manager.entered(Phase.RUNNING);
            manager.entered(Phase.STOPPING);
        }

        assertThat(messages).containsExactly("READY=1\nSTATUS=running", "STOPPING=1\nSTATUS=stopping");
    }

    @Test
    void theWatchdogHearsFromAProcessThatIsWellEvenDuringAnOutage() {
        status = SampleStatus.READY.with(new Destination.Failing("no broker")).status();
        try (ServiceManager _ = manager(Optional.of(Duration.ofMillis(30)))) {
            await().until(() -> messages.size() >= 3);
        }

        assertThat(messages).containsOnly("WATCHDOG=1\nSTATUS=the destination fails: no broker");
    }

    @Test
    void theWatchdogHearsNothingFromAProcessThatMakesNothingDurable() {
        try (ServiceManager _ = manager(Optional.of(Duration.ofMillis(30)))) {
            await().until(() -> !messages.isEmpty());
            status = SampleStatus.READY.withCommitAge(Duration.ofMinutes(2)).status();
            await().during(Duration.ofMillis(200)).until(this::noMoreMessages);
        }
    }

    @Test
    void withoutAManagerNothingIsSaid() throws Exception {
        try (ServiceManager manager = ServiceManager.of(_ -> null, () -> status)) {
            manager.entered(Phase.RUNNING);
        }
    }

    @Test
    void aSocketThatIsNoneIsAnError() {
        assertThatThrownBy(() -> ServiceManager.of(Map.of("NOTIFY_SOCKET", "relative")::get, () -> status)
                        .close())
                .hasMessageContaining("NOTIFY_SOCKET=relative");
    }

    private boolean noMoreMessages() {
        boolean none = messages.isEmpty();
        messages.clear();
        return none;
    }

    private ServiceManager manager(Optional<Duration> watchdog) {
        return new ServiceManager(Optional.of(messages::add), watchdog, () -> status);
    }
}
