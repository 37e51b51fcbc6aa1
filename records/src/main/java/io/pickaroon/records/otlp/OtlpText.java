package io.pickaroon.records.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.opentelemetry.proto.logs.v1.LogsData;

/** Values of OTLP for people. */
public final class OtlpText {
    private OtlpText() {}

    /**
     * A {@code LogsData} in the text format of protobuf, in one line. It may hold characters that command a terminal.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String of(byte[] logsData) {
        try {
            return TextFormat.printer()
                    .emittingSingleLine(true)
                    .escapingNonAscii(false)
                    .printToString(LogsData.parseFrom(logsData))
                    .strip();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no LogsData", e);
        }
    }
}
