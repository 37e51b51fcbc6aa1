package io.pickaroon.connect.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** The offsets topic of the simulation, and what was emitted together with the offsets. */
final class OffsetLog {
    /** A record as a consumer sees it. */
    record Emitted(Split split, long offset, String text) {}

    private record Entry(String split, Map<String, Object> offset) {}

    private final long splitBytes;
    private final List<Entry> log = new ArrayList<>();
    private final Map<String, Map<String, Object>> now = new HashMap<>();
    private final List<Emitted> emitted = new ArrayList<>();

    OffsetLog(long splitBytes) {
        this.splitBytes = splitBytes;
    }

    void commit(Split split, SplitOffset offset, List<Emitted> records) {
        boolean isFirst = split.number() == 0 && records.isEmpty() && !now.containsKey(split.toString());
        assertThat(offset.position().offset() > 0 || isFirst)
                .as("%s goes back to offset 0", split)
                .isTrue();
        log.add(new Entry(split.toString(), offset.toMap()));
        now.put(split.toString(), log.getLast().offset);
        emitted.addAll(records);
    }

    List<Emitted> emitted() {
        return emitted;
    }

    /** A user deletes the offset of a split, or of all splits of a file. Returns whether there are any. */
    boolean deleteSome(Random random) {
        List<Split> known = splits();
        if (known.isEmpty()) {
            return false;
        }
        Split chosen = known.get(random.nextInt(known.size()));
        boolean isAll = random.nextInt(3) == 0;
        delete(split -> isAll ? split.file().equals(chosen.file()) : split.equals(chosen));
        deleteLeftGenerations(chosen.file().inodeText());
        return true;
    }

    /** Of the generations behind the last that has an offset of split 0, only the first is found: the user deletes the others. */
    private void deleteLeftGenerations(String inode) {
        List<Split> left = splits().stream()
                .filter(split -> split.file().inodeText().equals(inode))
                .toList();
        int latest = left.stream()
                .filter(split -> split.number() == 0)
                .mapToInt(split -> split.file().generation())
                .max()
                .orElse(-1);
        delete(split -> left.contains(split) && split.file().generation() > latest + 1);
    }

    /** What is known of what was emitted goes with the offsets. */
    private void delete(Predicate<Split> deleted) {
        List<String> texts = log.stream()
                .map(Entry::split)
                .distinct()
                .filter(text -> deleted.test(Split.parse(text).orElseThrow()))
                .toList();
        texts.forEach(text -> log.add(new Entry(text, null)));
        now.keySet().removeAll(texts);
        emitted.removeIf(each -> deleted.test(each.split()));
    }

    private List<Split> splits() {
        return now.keySet().stream()
                .sorted()
                .map(text -> Split.parse(text).orElseThrow())
                .toList();
    }

    private Map<String, Map<String, Object>> state(int end) {
        Map<String, Map<String, Object>> state = new HashMap<>();
        log.subList(0, end).forEach(entry -> {
            if (entry.offset == null) {
                state.remove(entry.split);
            } else {
                state.put(entry.split, entry.offset);
            }
        });
        return state;
    }

    /**
     * As one task reads it.
     *
     * @param own splits whose offsets are up to date
     * @param random decides how old the others are; null: they are up to date too
     * @param deletedAt nothing is older than this
     */
    CommittedOffsets reader(Predicate<Split> own, Random random, int deletedAt) {
        return splits -> {
            int behind = random == null || random.nextInt(3) > 0 ? 0 : random.nextInt(6);
            return read(splits, own, behind == 0 ? now : state(Math.max(deletedAt, log.size() - behind)));
        };
    }

    int size() {
        return log.size();
    }

    private Map<Split, SplitOffset> read(
            Collection<Split> splits, Predicate<Split> own, Map<String, Map<String, Object>> before) {
        Map<Split, SplitOffset> found = new HashMap<>();
        for (Split split : splits) {
            Map<String, Object> offset = (own.test(split) ? now : before).get(split.toString());
            if (offset != null) {
                found.put(split, SplitOffset.parse(split, offset, splitBytes));
            }
        }
        return found;
    }
}
