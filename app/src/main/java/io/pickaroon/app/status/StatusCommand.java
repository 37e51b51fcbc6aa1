package io.pickaroon.app.status;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
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
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code pickaroon status}: how a running daemon is doing. */
public final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("status", this)
            .description(
                    "Asks a running Pickaroon over its HTTP port how it is doing, and prints the answer as tables.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon status -c pickaroon.yaml",
                    "  pickaroon status --url http://localhost:9600 --json");
    private final Daemon daemon = new Daemon(command);
    private final Supplier<Boolean> json = command.flag("Print JSON, as /status has it.", "--json");

    /** The process to ask. */
    private static final class Daemon {
        private final OptionSpec configuration = names("-c", "--config")
                .type(Path.class)
                .paramLabel("FILE")
                .description("The configuration that it runs with; 'http' says where it listens.")
                .build();
        private final OptionSpec url = names("--url")
                .type(URI.class)
                .paramLabel("URL")
                .description("Where it listens, such as http://localhost:9600.")
                .build();

        Daemon(CommandModel command) {
            command.oneOf("1", configuration, url);
        }
    }

    public StatusCommand(Terminal terminal) {
        this.terminal = terminal;
        new CommonOptions(command);
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        URI given = daemon.url.getValue();
        URI base = given == null ? fromConfiguration(daemon.configuration.getValue()) : given;
        terminal.text().print(StatusClient.status(base, json.get()));
        terminal.text().flush();
        return ExitCode.DONE;
    }

    private static URI fromConfiguration(Path file) {
        HttpSettings http = Configuration.read(file, CallerTexts::variable)
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
