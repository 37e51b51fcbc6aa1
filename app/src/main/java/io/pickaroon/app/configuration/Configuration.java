package io.pickaroon.app.configuration;

import io.pickaroon.app.error.MistakesInFile;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.SettingsReader;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.EngineRegexCheck;
import io.pickaroon.inputs.rules.UnsupportedSettings;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a configuration that this version can run. */
public final class Configuration {
    private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

    private Configuration() {}

    /**
     * Reads the file.
     *
     * @throws MistakesInFile with every problem, a line or more for each
     */
    public static Settings read(Path file, UnaryOperator<String> environment) {
        return readLocated(file, environment).settings();
    }

    /** Like {@link #read}, with places. */
    public static LocatedSettings readLocated(Path file, UnaryOperator<String> environment) {
        PlugIns plugIns = PlugIns.ofProcess();
        plugIns.requireJars();
        try {
            return SettingsReader.readLocated(
                    file,
                    environment,
                    new EngineRegexCheck(),
                    new KafkaSettingsCheck(plugIns),
                    UnsupportedSettings::in,
                    problem -> LOG.warn("{}", withName(file, problem.renderInOneLine())));
        } catch (SettingsException e) {
            throw new MistakesInFile(withName(file, e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new MistakesInFile(
                    NativePath.printable(file) + ": error: it, or a file that it names, is nested too deeply", e);
        }
    }

    /** A message in which the file has its name as it is printed everywhere. */
    private static String withName(Path file, String message) {
        return message.replace(file.toString(), NativePath.printable(file));
    }
}
