package io.pickaroon.app.audit;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Table;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.audit.ChannelTrailStore;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import io.pickaroon.processor.directio.ByteText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up audit trails, for a terminal and as a page. */
final class TrailReport {
    private TrailReport() {}

    /** Returns the exit code. */
    static int run(Terminal terminal, List<Path> named, Optional<Path> keyFile, Optional<Path> html)
            throws IOException {
        List<Path> files = trails(named);
        TrailSums sums = new TrailSums();
        List<Verdict> verdicts = new ArrayList<>();
        for (Path file : files) {
            verdicts.add(TrailCheck.verify(
                    terminal, file, keyFile, Optional.empty(), (_, bytes, from, to, _) -> sums.add(bytes, from, to)));
        }
        print(terminal.text(), sums);
        if (html.isPresent()) {
            Files.writeString(html.get(), TrailPage.of(files, verdicts, sums), StandardCharsets.UTF_8);
        }
        int exitCode = ExitCode.DONE;
        for (Verdict verdict : verdicts) {
            exitCode = Math.max(exitCode, TrailCheck.say(terminal, verdict));
        }
        return exitCode;
    }

    /** Each trail once, without the files to which one of the others was rotated: they are read with it. */
    private static List<Path> trails(List<Path> named) throws IOException {
        Map<Path, Path> byPlace = new LinkedHashMap<>();
        named.forEach(file -> byPlace.putIfAbsent(file.toAbsolutePath().normalize(), file));
        for (Path place : List.copyOf(byPlace.keySet())) {
            if (Files.exists(place)) {
                new ChannelTrailStore().rotated(place).forEach(byPlace::remove);
            }
        }
        return List.copyOf(byPlace.values());
    }

    private static void print(PrintStream out, TrailSums sums) {
        out.println("changes %s, bytes %s, left readable %s, not made %s, left alone %s"
                .formatted(
                        Quantities.count(sums.all.changes),
                        Quantities.count(sums.all.bytes),
                        Quantities.count(sums.all.kept),
                        Quantities.count(sums.all.notMade),
                        Quantities.count(sums.all.skipped)));
        print(out, "rule", sums.byRule);
        print(out, "detector", sums.byDetector);
        print(out, "file", sums.byFile);
        print(out, "day", sums.byDay);
    }

    private static void print(PrintStream out, String what, Map<String, TrailSums.Sum> sums) {
        if (sums.isEmpty()) {
            return;
        }
        Table table = new Table().row(what, "changes", "bytes", "left readable", "not made", "left alone");
        sums.forEach((name, sum) -> table.row(
                ByteText.withoutControls(name),
                Quantities.count(sum.changes),
                Quantities.count(sum.bytes),
                Quantities.count(sum.kept),
                Quantities.count(sum.notMade),
                Quantities.count(sum.skipped)));
        out.println();
        out.print(table.render());
    }
}
