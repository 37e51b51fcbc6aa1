package io.pickaroon.connect.split;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a file that one task reads: of splits with S bytes the split k is the bytes {@code [kS, (k+1)S)}. A record
 * belongs to the split in which it starts.
 *
 * <p>As text it is {@code LABEL:INODE.GENERATION/K}, such as {@code nfs-1:1234.0/17}. The text is the only key of its source
 * partition: Connect compares serialized partitions byte by byte, and with several keys their order would differ from JVM
 * to JVM.
 *
 * @param file the file
 * @param number k, at least 0
 */
public record Split(FileKey file, long number) {
    /** The key of a source partition. */
    public static final String PARTITION_KEY = "split";

    private static final Pattern TEXT =
            Pattern.compile("([A-Za-z0-9._-]{1,64}):(0|[1-9][0-9]{0,19})\\.(0|[1-9][0-9]{0,8})/(0|[1-9][0-9]{0,17})");

    public Split {
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + " is negative");
        }
    }

    /** The split with this text; empty if it is not exactly the text of one. */
    public static Optional<Split> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long inode = Long.parseUnsignedLong(matcher.group(2));
            FileKey file = new FileKey(matcher.group(1), inode, Integer.parseInt(matcher.group(3)));
            return Optional.of(new Split(file, Long.parseLong(matcher.group(4))));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** The split of a source partition; empty if it is no partition of ours. */
    public static Optional<Split> ofPartition(Map<String, ?> partition) {
        return partition.size() == 1 && partition.get(PARTITION_KEY) instanceof String text
                ? parse(text)
                : Optional.empty();
    }

    /** The source partition, with one key. */
    public Map<String, String> partition() {
        return Map.of(PARTITION_KEY, toString());
    }

    /** The same split of another generation of the file. */
    public Split ofGeneration(int generation) {
        return new Split(file.ofGeneration(generation), number);
    }

    /**
     * Offset of its first byte.
     *
     * @param splitBytes size of a split; 0 if the file is one split
     */
    public long startOffset(long splitBytes) {
        return Math.multiplyExact(splitBytes, number);
    }

    /** Exclusive end of its bytes; {@link Long#MAX_VALUE} if the file is one split. */
    public long endOffset(long splitBytes) {
        return splitBytes == 0 ? Long.MAX_VALUE : Math.addExact(startOffset(splitBytes), splitBytes);
    }

    @Override
    public String toString() {
        return file + "/" + number;
    }
}
