package io.pickaroon.connect.read;

import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A made log: records of one format, with everything that may stand in a file. Lines that start with '#' start a record where
 * records have several lines; about half of the lines have an 'x'.
 */
record RandomLog(byte[] bytes, RecordFormat format) {
    private static final List<String> DELIMITERS = List.of("\n", "\r\n", "|", "\r\n--", "\0\n");
    private static final List<String> PIECES =
            List.of("x", "a", "bc", "\r", "\n", "-", "\0", "|", "ä", "#", " x ", "0123456789");

    static RandomLog of(Random random) {
        int kind = random.nextInt(DELIMITERS.size() + 1);
        String text = kind == 0 ? "\n" : DELIMITERS.get(kind - 1);
        Delimiter delimiter = kind == 0 ? Delimiter.AUTO : Delimiter.of(text);
        int maxRecordBytes = 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 200);
        Optional<Multiline> starts = random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(random.nextBoolean() ? Multiline.startingWith("^#") : Multiline.continuedBy("^[^#]"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        begin(bytes, random);
        int lines = random.nextInt(60);
        for (int line = 0; line < lines; line++) {
            line(bytes, random);
            boolean isEnded = line < lines - 1 || random.nextInt(3) > 0;
            write(bytes, isEnded ? text : "");
        }
        return new RandomLog(bytes.toByteArray(), new RecordFormat(delimiter, maxRecordBytes, starts.map(s -> s)));
    }

    private static void begin(ByteArrayOutputStream bytes, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> write(bytes, "\ufeff");
            case 1 -> bytes.writeBytes(new byte[random.nextInt(100)]);
            default -> {}
        }
    }

    private static void line(ByteArrayOutputStream bytes, Random random) {
        write(bytes, random.nextInt(3) == 0 ? "#" : "");
        int pieces = random.nextInt(random.nextInt(8) == 0 ? 80 : 8);
        for (int piece = 0; piece < pieces; piece++) {
            write(bytes, PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(20) == 0) {
            bytes.writeBytes(new byte[random.nextInt(300)]);
        }
    }

    private static void write(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
