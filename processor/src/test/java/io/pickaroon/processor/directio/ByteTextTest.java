package io.pickaroon.processor.directio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ByteTextTest {
    @Example
    void whatIsUtf8StaysAsItIs() {
        String text = "/log/\u00e4 \u20ac \ud83d\ude00 a\\b.log";
        assertThat(ByteText.decode(text.getBytes(UTF_8))).isEqualTo(text);
        assertThat(ByteText.printable(text)).isEqualTo(text);
        assertThat(ByteText.isUtf8(text)).isTrue();
    }

    @Example
    void aByteThatIsNoUtf8IsPrintedAsBashReadsIt() {
        String text = ByteText.decode("k\u00e4se\u00ff\\x41".getBytes(ISO_8859_1));
        assertThat(ByteText.isUtf8(text)).isFalse();
        assertThat(ByteText.printable(text)).isEqualTo("k\\xe4se\\xff\\x5cx41");
    }

    @Example
    void aControlCharacterIsPrintedAsItsBytesAndLeftAloneForPrograms() {
        String text = "a\nERROR\u001b[31m\t\u009b2J\u007f \u00e4\\x0a";
        assertThat(ByteText.printable(text)).isEqualTo("a\\x0aERROR\\x1b[31m\\x09\\xc2\\x9b2J\\x7f \u00e4\\x5cx0a");
        assertThat(ByteText.escaped(text)).isEqualTo("a\nERROR\u001b[31m\t\u009b2J\u007f \u00e4\\x5cx0a");
        assertThat(ByteText.printableLines("a\tb\nc\r\u001b")).isEqualTo("a\tb\nc\\x0d\\x1b");
        assertThat(ByteText.withoutControls(ByteText.printable(text))).isEqualTo(ByteText.printable(text));
    }

    @Property(tries = 2_000)
    void anyBytesComeBack(@ForAll("bytes") byte[] bytes) {
        assertThat(ByteText.encode(ByteText.decode(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 2_000)
    void anyBytesCanBeReadBackFromWhatIsPrinted(@ForAll("bytes") byte[] bytes) {
        String printed = ByteText.printable(ByteText.decode(bytes));
        assertThat(ByteText.isUtf8(printed)).isTrue();
        assertThat(printed.chars()).noneMatch(Character::isISOControl);
        assertThat(readBack(printed)).isEqualTo(bytes);
    }

    @Property(tries = 50)
    void aShellReadsAWordAsTheBytes(@ForAll("bytes") byte[] bytes) throws Exception {
        byte[] name = new String(bytes, ISO_8859_1).replace("\0", "").getBytes(ISO_8859_1);
        String word = ByteText.shellWord(ByteText.printable(ByteText.decode(name)));
        Process bash = new ProcessBuilder("bash", "-s").start();
        try (OutputStream script = bash.getOutputStream()) {
            script.write(("printf %s " + word).getBytes(UTF_8));
        }
        assertThat(bash.getInputStream().readAllBytes()).isEqualTo(name);
    }

    @Example
    void aPlainWordIsNotQuoted() {
        assertThat(ByteText.shellWord("/var/lib/pickaroon/checkpoint-1")).isEqualTo("/var/lib/pickaroon/checkpoint-1");
        assertThat(ByteText.shellWord("it's here")).isEqualTo("'it'\\''s here'");
        assertThat(ByteText.shellWord("/k\\xe4se's\\n")).isEqualTo("$'/k\\xe4se\\'s\\\\n'");
    }

    private static byte[] readBack(String printed) {
        byte[] text = printed.getBytes(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length; i++) {
            boolean escape = i + 3 < text.length
                    && text[i] == '\\'
                    && text[i + 1] == 'x'
                    && HexFormat.isHexDigit(text[i + 2])
                    && HexFormat.isHexDigit(text[i + 3]);
            if (escape) {
                bytes.write(HexFormat.fromHexDigits(new String(text, i + 2, 2, UTF_8)));
                i += 3;
            } else {
                bytes.write(text[i]);
            }
        }
        return bytes.toByteArray();
    }

    /** Bytes at random, and many of those that matter. */
    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> telling =
                Arbitraries.of((byte) '\\', (byte) 'x', (byte) '5', (byte) 'c', (byte) 0xc3, (byte) 0xa4);
        return Arbitraries.oneOf(Arbitraries.bytes(), telling)
                .array(byte[].class)
                .ofMaxSize(40);
    }
}
