package shop;

import io.pickaroon.processor.LogFollow;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.nio.file.Path;
import java.util.List;

/** Prints the failed orders of a live log as they come. */
final class LiveOrders {
    private LiveOrders() {}

    public static void main(String[] files) {
        Path log = Path.of(files[0]);
        Rule failed = new Rule("failed", new Pattern.Regex("ERROR .* order=\\d+", false));
        new LogFollow(List.of(failed))
                .fromEnd() // else from the beginning of the files
                .records(log)
                .doOnNext(record -> IO.println(record.text()))
                .blockLast();
    }
}
