package io.pickaroon.devbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerOptionsTest {
    @Test
    void nothingGivenMeansThePortThatClientsExpectAndATemporaryDirectory() throws RefusedException {
        assertThat(BrokerOptions.parse()).isEqualTo(new BrokerOptions(9092, Optional.empty(), List.of(), false, false));
    }

    @Test
    void takesValuesAsTheNextArgumentOrAfterAnEqualsSign() throws RefusedException {
        BrokerOptions expected = new BrokerOptions(0, Optional.of(Path.of("/a b=c")), List.of("x", "y"), true, false);
        assertThat(BrokerOptions.parse("--port", "0", "--data", "/a b=c", "--topics", "x,y", "--exit-with-stdin"))
                .isEqualTo(expected);
        assertThat(BrokerOptions.parse("--exit-with-stdin", "--topics=x,y", "--data=/a b=c", "--port=0"))
                .isEqualTo(expected);
    }

    @Test
    void helpFitsEightyColumnsAndHasExamples() {
        assertThat(BrokerOptions.USAGE.lines()).allMatch(line -> line.length() <= 80);
        assertThat(BrokerOptions.USAGE).contains("Examples:\n  pickaroon dev-broker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "x", "", "9092 ", "99999999999"})
    void refusesWhatIsNoPort(String port) {
        assertThatThrownBy(() -> BrokerOptions.parse("--port", port))
                .isInstanceOf(RefusedException.class)
                .hasMessage("--port " + port + ": expected a number from 0 (a free one) to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "--exit-with-stdin=yes", "9092", "--port", "--data", "--data="})
    void refusesWhatItDoesNotKnowOrWhatLacksAValue(String argument) {
        assertThatThrownBy(() -> BrokerOptions.parse(argument))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(argument.replace("=yes", "").replaceFirst("=$", ""));
    }

    @Test
    void refusesADirectoryThatKafkaWouldReadAsTwo() {
        assertThatThrownBy(() -> BrokerOptions.parse("--data", "/tmp/a,b"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("comma");
    }
}
