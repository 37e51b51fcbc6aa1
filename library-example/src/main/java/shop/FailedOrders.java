package shop;

import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.nio.file.Path;
import java.util.List;

/** The first failed orders of a log. */
final class FailedOrders {
    private FailedOrders() {}

    public static void main(String[] files) {
        Rule failed = new Rule("failed", new Pattern.Regex("ERROR .* order=\\d+", false));
        new LogSearch(List.of(failed))
                .matches(Path.of(files[0]))
                .take(10)
                .doOnNext(match -> IO.println(match.offset() + ": " + match.text()))
                .blockLast();
    }
}
