package io.pickaroon.processor.scan;

import io.pickaroon.processor.rule.EmittingRules;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.RuleFingerprint;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.search.Searchers;
import io.pickaroon.processor.time.TimedRecords;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;

/**
 * Finds the records of windows that match rules. Thread-safe: windows may be scanned in parallel, each in a thread of its
 * own, with a workspace that is kept for the next window.
 */
public final class Scanner {
    /** Whatever {@link #vectorsPayFromBytes} gives is no more than this. */
    public static final long VECTORS_PAY_AT_LAST_BYTES = SearchPlan.VECTORS_INSTEAD_OF_SKIPPING;

    /**
     * Windows that are smaller are scanned several at a time, because passing them from thread to thread costs as much
     * as scanning them.
     */
    private static final int LEAST_TASK_BYTES = 1 << 20;

    private static final int MOST_WINDOWS_IN_A_TASK = 64;

    private final List<Rule> rules;
    private final RecordFormat format;
    private final ScanInput input;
    private final PartLimit partLimit;
    private final EmittingRules emitting;
    private final Searchers searchers;
    private final ScanDetail detail;
    private SearchPlan plan;
    private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();

    /**
     * Each line is a record.
     *
     * @param rules what to look for; every rule sees every record
     * @param delimiter what ends a record
     * @param maxRecordBytes longest content of a record that is scanned whole; of a longer record only its head of this
     *     length is scanned
     */
    public Scanner(List<Rule> rules, Delimiter delimiter, int maxRecordBytes) {
        this(rules, new RecordFormat(delimiter, maxRecordBytes), PartLimit.STANDARD);
    }

    /**
     * @param rules what to look for; every rule sees every record
     * @param format what a record is
     * @param partLimit when a window is emitted in parts
     */
    public Scanner(List<Rule> rules, RecordFormat format, PartLimit partLimit) {
        this(rules, format, partLimit, ScanInput.NONE);
    }

    /**
     * @param rules what to look for; every rule sees every record
     * @param format what a record is
     * @param partLimit when a window is emitted in parts
     * @param input where the records come from
     */
    public Scanner(List<Rule> rules, RecordFormat format, PartLimit partLimit, ScanInput input) {
        this(rules, format, partLimit, Searchers.available(), ScanDetail.RECORDS, input);
    }

    /** @param searchers what may be used; makes no difference to what is found */
    Scanner(List<Rule> rules, RecordFormat format, PartLimit partLimit, Searchers searchers) {
        this(rules, format, partLimit, searchers, ScanDetail.RECORDS, ScanInput.NONE);
    }

    /** @param searchers what may be used; makes no difference to what is found */
    Scanner(
            List<Rule> rules,
            RecordFormat format,
            PartLimit partLimit,
            Searchers searchers,
            ScanDetail detail,
            ScanInput input) {
        this.input = Objects.requireNonNull(input, "input");
        this.searchers = searchers;
        this.detail = detail;
        this.rules = List.copyOf(rules);
        this.format = Objects.requireNonNull(format, "format");
        this.rules.forEach(rule -> rule.fix().ifPresent(fix -> fix.requireNothingOf(format.delimiter())));
        if (this.rules.stream().anyMatch(Rule::changesFiles)
                && !format.container().map(c -> c.syntax().isVerbatim()).orElse(true)) {
            throw new IllegalArgumentException("a fix cannot change text that stands in the file with escapes");
        }
        this.partLimit = Objects.requireNonNull(partLimit, "partLimit");
        this.emitting = new EmittingRules(() ->
                this.rules.stream().filter(Rule::emits).map(this::fingerprint).collect(Collectors.toSet()));
    }

    /**
     * From how many bytes on these rules are searched for faster by a JVM that has to start with the Vector API first;
     * empty if it makes no difference. Cheap: compiles expressions, but no automata, and touches no class of the Vector
     * API.
     */
    public static OptionalLong vectorsPayFromBytes(List<Rule> rules, RecordFormat format) {
        return new SearchPlan(rules).vectorsPayFromBytes(format);
    }

    public List<Rule> rules() {
        return rules;
    }

    /** {@link ScannedWindow#rules()} of the windows that this scanner makes. */
    public Set<String> fingerprints() {
        return emitting.fingerprints();
    }

    /** {@link ScannedWindow#allRules()} of the windows that this scanner makes. */
    public long allRules() {
        return emitting.all();
    }

    /**
     * A scanner for a stretch that was delivered earlier, perhaps under other rules: without the emitting rules that
     * were not in force then.
     *
     * @param inForce fingerprints of the rules that were, as in {@link ScannedWindow#rules()}
     */
    public Scanner onlyWith(Set<String> inForce) {
        if (inForce.containsAll(emitting.fingerprints())) {
            return this;
        }
        List<Rule> still = rules.stream()
                .filter(rule -> !rule.emits() || inForce.contains(fingerprint(rule)))
                .toList();
        return new Scanner(still, format, partLimit, searchers, detail, input);
    }

    /**
     * A scanner that passes records without a match as quickly as it can, and need not count them in
     * {@link ScanTally#records}.
     */
    public Scanner countingMatchesOnly() {
        return with(ScanDetail.MATCHES);
    }

    /** A scanner that finds out this much. */
    public Scanner with(ScanDetail other) {
        return new Scanner(rules, format, partLimit, searchers, other, input);
    }

    /** A scanner to which no other record matches than those of a range of time. */
    public Scanner within(TimedRecords range) {
        return new Scanner(rules, format, partLimit, searchers, detail, input.within(range));
    }

    /** A scanner that emits a part as soon as it has so many matches. */
    public Scanner emittingAfter(int matches) {
        PartLimit limit = new PartLimit(partLimit.bytes(), Math.min(matches, partLimit.matches()));
        return new Scanner(rules, format, limit, searchers, detail, input);
    }

    /** The fingerprint of a rule with the record format of this scanner, for rules that only fix as well. */
    public String fingerprint(Rule rule) {
        return RuleFingerprint.of(
                rule.pattern(),
                format,
                input.parser().map(RecordParser::description).orElse(""));
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

    /** Takes the parts of a window, in order. */
    @FunctionalInterface
    public interface Parts {
        /** Returns whether the next one is wanted. */
        boolean accept(ScannedWindow part) throws IOException;
    }

    /**
     * Scans a window on this thread, and passes on what {@link #scan(Window)} would emit.
     *
     * @return false if a part was not wanted
     */
    public boolean scan(Window window, Parts parts) throws IOException {
        WindowScan scan = open(window);
        try {
            while (!scan.isDone()) {
                ScannedWindow next = scan.next();
                if (next != null && !parts.accept(next)) {
                    return false;
                }
            }
            return true;
        } finally {
            close(scan);
        }
    }

    /**
     * Scans windows in parallel and emits them in their order.
     *
     * @param windows consecutive ones, as the plan cuts them
     * @param threads where they are scanned
     * @param atOnce how many threads scan at a time; each is ahead of what is requested by a part of a window, or by
     *     small windows of a MiB in all
     * @return fails as {@link #scan(Window)}, after the windows before the one that failed
     */
    public Flux<ScannedWindow> scan(Flux<Window> windows, WindowPlan plan, Scheduler threads, int atOnce) {
        int together = Math.min(MOST_WINDOWS_IN_A_TASK, LEAST_TASK_BYTES / plan.windowBytes());
        return together <= 1
                ? windows.flatMapSequential(window -> scan(window).subscribeOn(threads), atOnce, 1)
                : windows.buffer(together)
                        .flatMapSequential(group -> scan(group).subscribeOn(threads), atOnce, 1)
                        .concatMapIterable(signals -> signals, 1)
                        .dematerialize();
    }

    /**
     * Scans windows of which each is made only when the one before it is scanned, as those of decoded content and of container logs
     * are.
     */
    public Flux<ScannedWindow> scanInTurn(Flux<Window> windows, Scheduler threads) {
        return windows.subscribeOn(threads).concatMap(window -> scan(window).subscribeOn(threads), 0);
    }

    /** All of the windows, with the failure that ended the scan, if one did. */
    private Mono<List<Signal<ScannedWindow>>> scan(List<Window> windows) {
        return Flux.fromIterable(windows)
                .concatMap(this::scan, 0)
                .materialize()
                .filter(signal -> !signal.isOnComplete())
                .collectList();
    }

    private WindowScan open(Window window) throws IOException {
        Workspace workspace = idle.poll();
        if (workspace == null) {
            workspace = new Workspace(rules, plan(), searchers, format, detail, input);
        }
        try {
            ScanPart part = new ScanPart(window, rules, emitting, workspace, partLimit);
            return workspace.container == null ? new TextScan(window, part) : new ContainerScan(window, part);
        } catch (IOException e) {
            idle.add(workspace);
            throw e;
        }
    }

    /** Made when it is first needed: it takes some time where there are many words. */
    private synchronized SearchPlan plan() {
        if (plan == null) {
            plan = new SearchPlan(rules);
        }
        return plan;
    }

    private void close(WindowScan scan) {
        scan.close();
        idle.add(scan.workspace());
    }
}
