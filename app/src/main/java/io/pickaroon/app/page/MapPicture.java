package io.pickaroon.app.page;

import io.pickaroon.app.terminal.Quantities;
import java.util.Locale;

/** Where in a file changes lie, as a picture within a page: from its first byte, left, to its last one, and in words. */
public final class MapPicture {
    private static final int HEIGHT = 32;
    private static final double LEAST_HEIGHT = 8;

    private final ChangeMap map;
    private final long sizeBytes;
    private final int buckets;
    private long most;
    private int first = -1;
    private int last;
    private int filled;

    /** @param sizeBytes of the file, which the map covers */
    public MapPicture(ChangeMap map, long sizeBytes) {
        this.map = map;
        this.sizeBytes = Math.max(1, sizeBytes);
        this.buckets = (int) Math.min(ChangeMap.MOST_BUCKETS, Math.ceilDiv(this.sizeBytes, map.bucketBytes()));
        for (int bucket = 0; bucket < ChangeMap.MOST_BUCKETS; bucket++) {
            if (map.count(bucket) > 0) {
                first = first < 0 ? bucket : first;
                last = bucket;
                filled++;
                most = Math.max(most, map.count(bucket));
            }
        }
    }

    /** A figure with its caption. */
    public String html() {
        String words = words();
        StringBuilder svg = new StringBuilder(
                        "<figure><svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\" role=\"img\""
                                .formatted(buckets, HEIGHT))
                .append(" aria-label=\"Map of changes: ")
                .append(words)
                .append("\">");
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (map.count(bucket) > 0) {
                double height = Math.max(LEAST_HEIGHT, HEIGHT * Math.log1p(map.count(bucket)) / Math.log1p(most));
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%.1f\" width=\"1\" height=\"%.1f\"/>",
                        bucket,
                        HEIGHT - height,
                        height));
            }
        }
        return svg.append("</svg><figcaption>")
                .append(words)
                .append("</figcaption></figure>\n")
                .toString();
    }

    private String words() {
        long from = first * map.bucketBytes();
        long to = Math.min(sizeBytes, (last + 1) * map.bucketBytes());
        return "between offsets %s and %s of %s bytes, in %s of %s stretches of %s; at most %s in one"
                .formatted(
                        Quantities.count(from),
                        Quantities.count(to),
                        Quantities.count(sizeBytes),
                        Quantities.count(filled),
                        Quantities.count(buckets),
                        Quantities.bytes(map.bucketBytes()),
                        Quantities.count(most));
    }
}
