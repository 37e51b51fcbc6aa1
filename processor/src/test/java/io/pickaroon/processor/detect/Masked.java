package io.pickaroon.processor.detect;

import io.pickaroon.processor.search.MatchVisitor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What detectors find in a record, and what their masks make of it. */
public final class Masked {
    private Masked() {}

    static String by(List<Detector> detectors, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.ISO_8859_1);
        return new String(by(detectors, bytes, '*'), StandardCharsets.ISO_8859_1);
    }

    /** The record with its masks, as a fix applies them: what ends lines stays, and of two masks the first one counts. */
    static byte[] by(List<Detector> detectors, byte[] record, char mask) {
        return by(new Detection(detectors), record, mask);
    }

    /** The same of any detection. */
    public static byte[] by(Detection detection, byte[] record, char mask) {
        byte[] masked = record.clone();
        boolean[] taken = new boolean[record.length];
        detection.visitHidden(record, 0, record.length, new MatchVisitor() {
            @Override
            public char mask() {
                return mask;
            }

            @Override
            public void match(int start, int end) {
                match(start, end, mask);
            }

            @Override
            public void match(int start, int end, char character) {
                for (int i = start; i < end; i++) {
                    if (record[i] != '\n' && !taken[i]) {
                        masked[i] = (byte) character;
                        taken[i] = true;
                    }
                }
            }
        });
        return masked;
    }

    /** The places from left to right. */
    static List<String> places(List<Detector> detectors, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.ISO_8859_1);
        List<String> places = new ArrayList<>();
        new Detection(detectors)
                .visitPlaces(bytes, 0, bytes.length, (start, end) -> places.add(record.substring(start, end)));
        return places;
    }

    /** Whether it finds anything, which must not depend on what stands beside the record in the array. */
    static boolean finds(Detector detector, byte[] bytes) {
        boolean finds = new Detection(List.of(detector)).finds(bytes, 0, bytes.length);
        byte[] within = new byte[bytes.length + 2];
        Arrays.fill(within, (byte) '7');
        System.arraycopy(bytes, 0, within, 1, bytes.length);
        if (new Detection(List.of(detector)).finds(within, 1, bytes.length + 1) != finds) {
            throw new AssertionError(detector + " looks at what is beside the record");
        }
        return finds;
    }
}
