package io.pickaroon.app.status;

import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.HttpSettings;
import io.pickaroon.processor.directio.NativePath;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pickaroon status}: how a running daemon is doing. */
@Command(
        name = "status",
        description = "Asks a running Pickaroon over its HTTP port how it is doing, and prints the answer as tables.",
        footer = {
            "",
            "Examples:",
            "  pickaroon status -c pickaroon.yaml",
            "  pickaroon status --url http://localhost:9600 --json"
        })
public final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private Daemon daemon;

    @Option(names = "--json", description = "Print JSON, as /status has it.")
    private boolean json;

    @Mixin
    private CommonOptions common;

    /** The process to ask. */
    private static final class Daemon {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description = "The configuration that it runs with; 'http' says where it listens.")
        private Path configuration;

        @Option(names = "--url", paramLabel = "URL", description = "Where it listens, such as http://localhost:9600.")
        private URI url;
    }

    public StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        URI base = daemon.url == null ? fromConfiguration(daemon.configuration) : daemon.url;
        terminal.text().print(StatusClient.status(base, json));
        terminal.text().flush();
        return ExitCode.DONE;
    }

    private static URI fromConfiguration(Path file) {
        HttpSettings http = Configuration.read(file, CallerTexts::variable, true)
                .process()
                .http()
                .orElseThrow(() -> new UserError(NativePath.printable(file)
                        + ": has no 'http: { port: .. }', so nothing can be asked; add it and restart"));
        if (http.port() == 0) {
            throw new UserError(NativePath.printable(file)
                    + ": 'http.port' is 0, which takes any port; the daemon's log has it: use --url");
        }
        return StatusClient.address(http);
    }
}
