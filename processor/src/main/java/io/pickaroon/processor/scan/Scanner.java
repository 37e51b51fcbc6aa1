package io.pickaroon.processor.scan;

import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/**
 * Finds the records of windows that match rules. Thread-safe: windows may be scanned in parallel, each in a thread of its
 * own, with a workspace that is kept for the next window.
 */
public final class Scanner {
    private final List<Rule> rules;
    private final RecordFormat format;
    private final PartLimit partLimit;
    private final EmittingRules emitting;
    private final ByteSearch search = ByteSearch.fastest();
    private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();

    /**
     * Each line is a record.
     *
     * @param rules what to look for; every rule sees every record
     * @param delimiter what ends a record
     * @param maxRecordBytes longest content of a record that is looked at whole; of a longer one its head of this length
     *     is
     */
    public Scanner(List<Rule> rules, Delimiter delimiter, int maxRecordBytes) {
        this(rules, new RecordFormat(delimiter, maxRecordBytes), PartLimit.STANDARD);
    }

    /**
     * @param rules what to look for; every rule sees every record
     * @param format what a record is
     * @param partLimit when a window is handed on in parts
     */
    public Scanner(List<Rule> rules, RecordFormat format, PartLimit partLimit) {
        this.rules = List.copyOf(rules);
        this.format = Objects.requireNonNull(format, "format");
        this.rules.forEach(rule -> rule.fix().ifPresent(fix -> fix.requireNothingOf(format.delimiter())));
        this.partLimit = Objects.requireNonNull(partLimit, "partLimit");
        this.emitting = new EmittingRules(
                this.rules.stream().filter(Rule::emits).map(this::fingerprint).collect(Collectors.toUnmodifiableSet()));
    }

    public List<Rule> rules() {
        return rules;
    }

    /** What {@link ScannedWindow#rules()} says of the windows that this scanner makes. */
    public Set<String> fingerprints() {
        return emitting.fingerprints();
    }

    /** What {@link ScannedWindow#allRules()} says of the windows that this scanner makes. */
    public long allRules() {
        return emitting.all();
    }

    /**
     * A scanner for what was delivered when there were other rules, perhaps: without those rules that emit, and did not
     * then.
     *
     * @param inForce fingerprints of the rules that did, as {@link ScannedWindow#rules()} has them
     */
    public Scanner onlyWith(Set<String> inForce) {
        if (inForce.containsAll(emitting.fingerprints())) {
            return this;
        }
        List<Rule> still = rules.stream()
                .filter(rule -> !rule.emits() || inForce.contains(fingerprint(rule)))
                .toList();
        return new Scanner(still, format, partLimit);
    }

    private String fingerprint(Rule rule) {
        return RuleFingerprint.of(rule.pattern(), format);
    }

    /**
     * Scans a window on the thread that subscribes and requests. The result is the window in one piece, or in several
     * consecutive ones where matches are dense; the next is made when it is requested.
     *
     * @return fails with a {@link io.pickaroon.processor.file.FileTruncatedException} if the file got shorter than the
     *     window, or another {@link IOException}
     */
    public Flux<ScannedWindow> scan(Window window) {
        return Flux.generate(
                () -> open(window),
                (scan, sink) -> {
                    try {
                        ScannedWindow next = scan.next();
                        if (next != null) {
                            sink.next(next);
                        }
                        if (scan.isDone()) {
                            sink.complete();
                        }
                    } catch (IOException e) {
                        sink.error(e);
                    }
                    return scan;
                },
                this::close);
    }

    private RecordScan open(Window window) throws IOException {
        Workspace workspace = idle.poll();
        if (workspace == null) {
            workspace = new Workspace(rules, search, format);
        }
        try {
            ScanPart part = new ScanPart(window, rules, emitting, workspace, partLimit);
            return format.starts().isPresent() ? new MultilineScan(window, part) : new WindowScan(window, part);
        } catch (IOException e) {
            idle.add(workspace);
            throw e;
        }
    }

    private void close(RecordScan scan) {
        scan.close();
        idle.add(scan.workspace());
    }
}
