package io.pickaroon.app.positions;

import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.config.Settings;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The name under which the checkpoint of a configuration keeps positions. */
public final class OwnInstance {
    private OwnInstance() {}

    /** Empty if there is no checkpoint, or if it has never held a name; reads it without a lock. */
    public static Optional<String> name(Settings settings) throws IOException {
        if (settings.checkpoint().isEmpty()) {
            return Optional.empty();
        }
        try {
            return CheckpointFile.inspect(
                            NamedPath.reachable(settings.checkpoint().get().path()))
                    .checkpoint()
                    .flatMap(checkpoint -> checkpoint.sections().instance())
                    .filter(instance -> instance.standing() == Standing.HELD)
                    .map(Instance::name);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
