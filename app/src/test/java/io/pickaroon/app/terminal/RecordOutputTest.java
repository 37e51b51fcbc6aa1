package io.pickaroon.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordOutputTest {
    @Test
    void passesOnEveryByteInOrderWhateverTheLengths() throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (RecordOutput output = new RecordOutput(written)) {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[i % 50 == 0 ? 700_000 : random.nextInt(9_000)];
                random.nextBytes(bytes);
                expected.write(bytes);
                output.write(bytes);
                expected.write('\n');
                output.write('\n');
            }
        }
        assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void aReaderThatWentAwayIsNoFailure() {
        assertThatThrownBy(() -> writeTo("Broken pipe")).isInstanceOf(RecordOutput.ReaderGone.class);
    }

    @Test
    void aFullDiskIsAFailure() {
        assertThatThrownBy(() -> writeTo("No space left on device"))
                .isInstanceOf(RecordOutput.OutputLost.class)
                .isNotInstanceOf(RecordOutput.ReaderGone.class)
                .hasMessage("standard output cannot be written: No space left on device");
    }

    private static void writeTo(String failure) throws IOException {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(failure);
            }
        };
        try (RecordOutput output = new RecordOutput(failing)) {
            output.write('x');
        }
    }
}
