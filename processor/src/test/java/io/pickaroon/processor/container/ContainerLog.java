package io.pickaroon.processor.container;

import io.pickaroon.processor.container.ContainerFormat.Syntax;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Random container logs, and the obvious way to read them: line after line, with an open record for each stream. */
public final class ContainerLog {
    /** A record, comparable. */
    public record Found(
            long start, String text, int stream, Part part, boolean isHeadOnly, String time, long bytes, String raw) {}

    private static final Pattern CRI = Pattern.compile(
            "(?s)(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[^ ]*) (stdout|stderr) ([PF])(?::[^ ]*)?(?: (.*))?");
    private static final Pattern DOCKER = Pattern.compile(
            "(?s)\\{\"log\":\"((?:[^\"\\\\]|\\\\.)*)\",\"stream\":\"(stdout|stderr)\",\"time\":\"([^\"]*)\"\\}");

    /** What a line says. */
    private record Line(int start, int next, String raw, String text, int stream, boolean isLast, String time) {}

    private final Syntax syntax;
    private final int maxRecordBytes;
    private final int maxPartDistance;
    private final Predicate<String> starts;
    private final List<Found> done = new ArrayList<>();
    private final Open[] open = new Open[2];
    private final boolean[] isCut = new boolean[2];

    /** @param starts null if each message is a record */
    public ContainerLog(ContainerFormat format, int maxRecordBytes, Predicate<String> starts) {
        this.syntax = format.syntax();
        this.maxRecordBytes = maxRecordBytes;
        this.maxPartDistance = format.maxPartDistanceBytes();
        this.starts = starts;
    }

    private static final class Open {
        final List<Line> lines = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        boolean isTail;

        Line last() {
            return lines.getLast();
        }
    }

    /** Reads the whole of a file of Latin 1. */
    public List<Found> read(String file) {
        for (int start = 0; start < file.length(); ) {
            int end = file.indexOf('\n', start);
            int next = end < 0 ? file.length() : end + 1;
            line(start, next, file.substring(start, end < 0 ? next : end), end >= 0);
            start = next;
        }
        close(0, open[0] != null && !open[0].last().isLast);
        close(1, open[1] != null && !open[1].last().isLast);
        done.sort(Comparator.comparingLong(Found::start));
        return done;
    }

    private void line(int start, int next, String raw, boolean isEnded) {
        Matcher cri = CRI.matcher(raw);
        Matcher docker = DOCKER.matcher(raw);
        if (syntax == Syntax.CRI && cri.matches()) {
            String text = cri.group(4) == null ? "" : cri.group(4);
            boolean isLast = cri.group(3).equals("F");
            add(new Line(
                    start,
                    next,
                    raw,
                    isLast ? withoutReturn(text) : text,
                    cri.group(2).equals("stdout") ? 0 : 1,
                    isLast,
                    cri.group(1)));
        } else if (syntax == Syntax.DOCKER && docker.matches()) {
            String text = decoded(docker.group(1));
            boolean isLast = text.endsWith("\n");
            add(new Line(
                    start,
                    next,
                    raw,
                    isLast ? withoutReturn(text.substring(0, text.length() - 1)) : text,
                    docker.group(2).equals("stdout") ? 0 : 1,
                    isLast,
                    docker.group(3)));
        } else {
            String text = isEnded ? withoutReturn(raw) : raw;
            boolean isHeadOnly = text.length() > maxRecordBytes;
            String shown = isHeadOnly ? text.substring(0, maxRecordBytes) : text;
            done.add(new Found(start, shown, -1, Part.WHOLE, isHeadOnly, "", next - start, isHeadOnly ? shown : raw));
        }
    }

    private static String withoutReturn(String text) {
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String decoded(String text) {
        return text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\u003c", "<")
                .replace("\\\"", "\"");
    }

    private void add(Line line) {
        int s = line.stream;
        if (open[s] != null) {
            Line last = open[s].last();
            boolean isFar = line.start - open[s].lines.getFirst().start > maxPartDistance;
            int joined = open[s].text.length() + (last.isLast ? 1 : 0) + line.text.length();
            if (isFar) {
                close(s, !last.isLast);
            } else if (last.isLast && starts.test(line.text)) {
                close(s, false);
            } else if (joined > maxRecordBytes) {
                close(s, true);
            } else {
                open[s].text.append(last.isLast ? "\n" : "");
            }
        }
        if (open[s] == null) {
            open[s] = new Open();
            open[s].isTail = isCut[s];
        }
        open[s].lines.add(line);
        open[s].text.append(line.text);
        if (line.text.length() > maxRecordBytes || line.isLast && starts == null) {
            close(s, !line.isLast);
        }
    }

    private void close(int s, boolean cuts) {
        Open record = open[s];
        if (record == null) {
            return;
        }
        open[s] = null;
        isCut[s] = cuts;
        boolean isHeadOnly = record.text.length() > maxRecordBytes;
        String text = isHeadOnly ? record.text.substring(0, maxRecordBytes) : record.text.toString();
        List<String> raws = record.lines.stream().map(Line::raw).toList();
        String raw = String.join("\n", raws);
        if (isHeadOnly && syntax == Syntax.CRI) {
            Matcher line = CRI.matcher(raw);
            raw = raw.substring(0, (line.matches() ? line.start(4) : 0) + text.length());
        }
        done.add(new Found(
                record.lines.getFirst().start,
                text,
                s,
                record.isTail ? Part.TAIL : cuts ? Part.HEAD : Part.WHOLE,
                isHeadOnly,
                record.lines.getFirst().time,
                record.lines.stream().mapToLong(line -> line.next - line.start).sum(),
                raw));
    }

    /** A file as runtimes write it, and as something has damaged it. */
    public static byte[] random(Random random, Syntax syntax) {
        StringBuilder file = new StringBuilder();
        int lines = random.nextInt(24);
        String alphabet = random.nextBoolean() ? "ab<" : "ab> \r\"";
        for (int i = 0; i < lines; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12) == 0 ? random.nextInt(60) : random.nextInt(7);
            for (int c = 0; c < length; c++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            boolean isLast = random.nextInt(3) > 0;
            String stream = random.nextInt(3) == 0 ? "stderr" : "stdout";
            String time = "2026-11-30T09:00:00." + i + "Z";
            if (random.nextInt(12) == 0) {
                file.append(text).append('\n');
            } else if (syntax == Syntax.CRI) {
                String tags = random.nextInt(8) == 0 ? ":x" : "";
                file.append("%s %s %s%s %s\n".formatted(time, stream, isLast ? "F" : "P", tags, text));
            } else {
                String escaped = text.toString()
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("<", "\\u003c");
                file.append("{\"log\":\"%s%s\",\"stream\":\"%s\",\"time\":\"%s\"}\n"
                        .formatted(escaped, isLast ? "\\n" : "", stream, time));
            }
        }
        int cut = random.nextInt(8) == 0 ? random.nextInt(10) : 0;
        return file.substring(0, Math.max(0, file.length() - cut)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
