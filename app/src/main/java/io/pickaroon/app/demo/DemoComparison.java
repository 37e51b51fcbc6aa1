package io.pickaroon.app.demo;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/** What should have come out beside what did, and whether it is the same. */
public final class DemoComparison {
    private record Line(String what, String expected, String found) {}

    private final List<Line> lines = new ArrayList<>();

    /** Two numbers that should be equal. */
    public DemoComparison count(String what, long expected, long found) {
        lines.add(new Line(what, Quantities.count(expected), Quantities.count(found)));
        return this;
    }

    /** Two texts that should be equal. */
    public DemoComparison text(String what, String expected, String found) {
        lines.add(new Line(what, expected, found));
        return this;
    }

    /** Two checksums that should be equal. */
    public DemoComparison checksum(String what, long expected, long found) {
        lines.add(new Line(what, "%016x".formatted(expected), "%016x".formatted(found)));
        return this;
    }

    /** Whether everything is equal. */
    public boolean agrees() {
        return lines.stream().allMatch(line -> line.expected.equals(line.found));
    }

    /** A row for each line. */
    public String render() {
        Table table = new Table().row("", "expected", "found", "");
        for (Line line : lines) {
            table.row(line.what, line.expected, line.found, line.expected.equals(line.found) ? "" : "DIFFERS");
        }
        return table.render();
    }
}
