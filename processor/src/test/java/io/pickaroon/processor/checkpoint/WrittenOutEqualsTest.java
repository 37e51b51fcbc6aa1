package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Records that write out {@code equals} and {@code hashCode} compare all of their components. */
class WrittenOutEqualsTest {
    private static final FileIdentity FILE = new FileIdentity(1, 2, 3, 4);
    private static final KnownRule RULE = new KnownRule("input", "rule", "fingerprint");
    private static final Instance.Start START = new Instance.Start(1, 2, 3);
    private static final Instance INSTANCE =
            new Instance(1, "name", Instance.Standing.HELD, START, 2, Optional.of("adopted"));

    /** A record, and another value for each of its components. */
    record Case(Record one, Object... others) {
        @Override
        public String toString() {
            return one.getClass().getSimpleName();
        }
    }

    static final List<Case> CASES = List.of(
            new Case(FILE, 10L, 20L, 30L, 40),
            new Case(new FileSighting(Path.of("/log"), FILE, 5), Path.of("/other"), FILE.ofGeneration(9), 50L),
            new Case(RULE, "other", "other", "other"),
            new Case(START, 10L, 20L, 30L),
            new Case(
                    INSTANCE,
                    10L,
                    "other",
                    Instance.Standing.NEW,
                    new Instance.Start(10, 2, 3),
                    20,
                    Optional.of("other")),
            new Case(
                    new CheckpointSections(
                            Optional.of(INSTANCE),
                            Map.of("input", Instant.EPOCH),
                            Optional.of(Set.of(RULE)),
                            false,
                            new TreeMap<>(Map.of("section", ByteBuffer.allocate(1)))),
                    Optional.empty(),
                    Map.of("other", Instant.EPOCH),
                    Optional.of(Set.of()),
                    true,
                    new TreeMap<>()));

    @ParameterizedTest
    @FieldSource("CASES")
    void everyComponentCounts(Case tested) throws ReflectiveOperationException {
        RecordComponent[] components = tested.one().getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(tested.one());
        }

        assertThat(made(tested.one(), values)).isEqualTo(tested.one()).hasSameHashCodeAs(tested.one());
        assertThat(tested.others()).hasSameSizeAs(components);
        for (int i = 0; i < values.length; i++) {
            Object[] changed = values.clone();
            changed[i] = tested.others()[i];
            assertThat(made(tested.one(), changed)).as(components[i].getName()).isNotEqualTo(tested.one());
        }
    }

    private static Object made(Record like, Object... values) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(like.getClass().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> constructor = like.getClass().getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }
}
