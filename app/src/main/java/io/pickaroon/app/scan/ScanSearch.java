package io.pickaroon.app.scan;

import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScanDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engine's search for a request: it finds out no more than the answer needs. */
final class ScanSearch {
    private ScanSearch() {}

    /** @throws IllegalArgumentException if something cannot be searched for */
    static LogSearch of(ScanRequest request) {
        Answer answer = request.answer();
        Selection selection = request.selection();
        boolean printsRecords = answer == Answer.RECORDS;
        boolean stopsAtMatch = !selection.inverted() && (printsRecords || answer.needsOne());
        LogSearch search = request.limits()
                .search(rules(request.searched().patterns(), printsRecords || stopsAtMatch))
                .with(detail(request));
        search = request.searched().times().map(search::within).orElse(search);
        return stopsAtMatch ? search.passingOnAfter(mostMatches(request)) : search;
    }

    private static int mostMatches(ScanRequest request) {
        return request.answer().needsOne()
                ? 1
                : (int) Math.min(Integer.MAX_VALUE, request.selection().most());
    }

    private static ScanDetail detail(ScanRequest request) {
        boolean printsRecords = request.answer() == Answer.RECORDS;
        boolean numbers = printsRecords && request.layout().numbers();
        boolean countsOthers = !printsRecords && request.selection().inverted();
        return new ScanDetail(
                numbers || countsOthers,
                numbers,
                printsRecords && request.layout().needsPlaces());
    }

    /** Records that are only counted need not be copied. */
    private static List<Rule> rules(List<Pattern> patterns, boolean emits) {
        List<Rule> rules = new ArrayList<>();
        for (Pattern pattern : patterns) {
            rules.add(new Rule("pattern-" + (rules.size() + 1), pattern, emits, Optional.empty()));
        }
        return rules;
    }
}
