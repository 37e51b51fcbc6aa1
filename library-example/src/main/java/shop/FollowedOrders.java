package shop;

import io.pickaroon.processor.LogFollow;
import io.pickaroon.processor.MatchedRecord;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import reactor.core.scheduler.Schedulers;

/** The failed orders of a live log, each once in a file of their own, however often this is killed. */
final class FollowedOrders {
    private FollowedOrders() {}

    public static void main(String[] files) throws IOException {
        Path log = Path.of(files[0]);
        Path checkpoint = Path.of(files[1]);
        Rule failed = new Rule("failed", new Pattern.Regex("ERROR .* order=\\d+", false));
        try (OrderFile orders = OrderFile.open(Path.of(files[2]))) {
            new LogFollow(List.of(failed))
                    .withCheckpoint(checkpoint)
                    .records(log)
                    .bufferTimeout(1_000, Duration.ofMillis(100), true)
                    .publishOn(Schedulers.boundedElastic(), 1)
                    .doOnNext(orders::addNew) // durable when it returns; drops what it has
                    .doOnNext(batch -> batch.forEach(MatchedRecord::acknowledge))
                    .blockLast();
        }
    }
}
