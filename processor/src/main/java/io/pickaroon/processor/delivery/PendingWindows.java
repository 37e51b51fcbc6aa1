package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * In-order progress out of out-of-order acknowledgements: for each file a queue of the windows that were submitted, of
 * which the acknowledged ones leave from the front. Thread-safe.
 */
final class PendingWindows {
    private final Map<FileIdentity, Deque<ScannedWindow>> submitted = new HashMap<>();
    private final Map<ScannedWindow, Acknowledgement> acknowledged = new IdentityHashMap<>();

    synchronized void submitted(ScannedWindow window) {
        submitted
                .computeIfAbsent(window.file().identity(), _ -> new ArrayDeque<>())
                .addLast(window);
    }

    /** The windows that are delivered now that this one is acknowledged, in file order. */
    synchronized List<DeliveredWindow> acknowledged(Acknowledgement acknowledgement) {
        ScannedWindow window = acknowledgement.window();
        FileIdentity file = window.file().identity();
        Deque<ScannedWindow> queue = submitted.getOrDefault(file, new ArrayDeque<>());
        if (queue.isEmpty() || acknowledged.putIfAbsent(window.whole(), acknowledgement) != null) {
            throw new IllegalStateException("window " + window + " was acknowledged twice or never submitted");
        }
        List<DeliveredWindow> delivered = new ArrayList<>();
        while (!queue.isEmpty() && acknowledged.containsKey(queue.peekFirst())) {
            ScannedWindow first = queue.peekFirst();
            DeliveredWindow next = new DeliveredWindow(acknowledged.remove(first), false);
            delivered.add(next);
            if (next.scanned() != first) {
                // The rest of it is not acknowledged, and holds back what comes after it.
                break;
            }
            queue.removeFirst();
        }
        if (queue.isEmpty()) {
            submitted.remove(file);
        }
        return delivered;
    }

    /** Fails if a sink completes without acknowledging all windows. */
    synchronized Flux<DeliveredWindow> requireNone() {
        List<ScannedWindow> owed =
                submitted.values().stream().flatMap(Deque::stream).toList();
        return owed.isEmpty()
                ? Flux.empty()
                : Flux.error(new IllegalStateException(
                        "the sink completed without acknowledging %d of its windows, the first of them %s"
                                .formatted(owed.size(), owed.getFirst())));
    }
}
