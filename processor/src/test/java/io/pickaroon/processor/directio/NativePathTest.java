package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NativePathTest {
    @Example
    void aPathThatIsKeptIsWrittenInOneWay() {
        for (String text : List.of("", "relative", "/a//b", "/a/", "/\u00e4/", "//\u00e4")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> NativePath.absolute(bytes)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property(tries = 1_000)
    void anyAbsoluteNameComesBackAsTheSameBytes(@ForAll("names") byte[] name) {
        byte[] bytes = ByteBuffer.allocate(name.length + 5)
                .put("/tmp/".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put(name)
                .array();
        Path path = NativePath.of(bytes);
        assertThat(NativePath.bytes(path)).isEqualTo(bytes);
        assertThat(NativePath.of(NativePath.bytes(path))).isEqualTo(path);
    }

    @Property(tries = 1_000)
    void anyRelativeNameComesBackAsTheSameBytesAndText(@ForAll("names") byte[] name) {
        byte[] bytes = ByteBuffer.allocate(name.length + 5)
                .put("../d/".getBytes(StandardCharsets.US_ASCII))
                .put(name)
                .array();
        Path path = NativePath.of(bytes);
        assertThat(path.isAbsolute()).isFalse();
        assertThat(path.getNameCount()).isEqualTo(3);
        assertThat(NativePath.bytes(path)).isEqualTo(bytes);
        assertThat(NativePath.of(NativePath.text(path))).isEqualTo(path);
    }

    @Example
    void plainNamesNeedNoCare() {
        assertThat(NativePath.bytes(Path.of("a/b c"))).asString().isEqualTo("a/b c");
        assertThat(NativePath.of(new byte[] {'/'})).isEqualTo(Path.of("/"));
    }

    @Example
    void whatCannotBeAPathIsRefused() {
        assertThatThrownBy(() -> NativePath.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NativePath.of(new byte[] {'/', 'a', 0, 'b'}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NativePath.of(new byte[] {'/', (byte) 0xff, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<byte[]> names() {
        return Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(255);
    }
}
