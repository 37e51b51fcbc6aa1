package io.pickaroon.devbroker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options of the command line. Immutable.
 *
 * @param port port on 127.0.0.1 for clients, 1 to 65535, or 0 for a free one
 * @param dataDirectory where topics are kept; empty for a temporary directory that is deleted at the end
 * @param topics topics to create if they do not exist, with one partition each
 * @param exitWithStdin whether the broker ends when its standard input ends
 * @param help whether only the usage is printed
 */
record BrokerOptions(int port, Optional<Path> dataDirectory, List<String> topics, boolean exitWithStdin, boolean help) {
    static final int DEFAULT_PORT = 9092;

    static final String USAGE = """
        Usage: pickaroon dev-broker [--port N] [--data DIR] [--topics NAME,..]
                                    [--exit-with-stdin]

        Runs a real single-node Apache Kafka on 127.0.0.1, for trying things out. It
        has neither security nor replicas, and is not for production.

          --port N            Port for clients; 0 takes a free one. Default: %d.
          --data DIR          Keep topics in DIR and find them there again.
                              Default: a temporary directory, deleted at the end.
          --topics NAME,..    Make these topics, with one partition each, if they
                              are not there.
          --exit-with-stdin   End when standard input ends, for programs that start
                              a broker of their own.

        When it can be used it prints one line:
          READY bootstrap=127.0.0.1:PORT data=DIR
        It runs until SIGTERM or Ctrl-C. Kafka's own log is DIR/broker.log.

        Examples:
          pickaroon dev-broker --topics errors,cards
          pickaroon dev-broker --port 0 --data /tmp/kafka
        """.formatted(DEFAULT_PORT);

    /** Reads {@code --name value} and {@code --name=value}; the last value of an option counts. */
    static BrokerOptions parse(String... arguments) throws RefusedException {
        int port = DEFAULT_PORT;
        Optional<Path> data = Optional.empty();
        List<String> topics = List.of();
        boolean exitWithStdin = false;
        boolean help = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            boolean takesValue = name.equals("--port") || name.equals("--data") || name.equals("--topics");
            if (!takesValue && equals >= 0) {
                throw new RefusedException("unknown option " + argument + "; see pickaroon dev-broker --help");
            }
            String value = null;
            if (takesValue) {
                if (equals < 0 && ++i == arguments.length) {
                    throw new RefusedException(name + " needs a value; see pickaroon dev-broker --help");
                }
                value = equals < 0 ? arguments[i] : argument.substring(equals + 1);
            }
            switch (name) {
                case "--port" -> port = parsePort(value);
                case "--data" -> data = Optional.of(parseDirectory(value));
                case "--topics" -> topics = List.of(value.split(","));
                case "--exit-with-stdin" -> exitWithStdin = true;
                case "--help", "-h" -> help = true;
                default -> throw new RefusedException("unknown option " + name + "; see pickaroon dev-broker --help");
            }
        }
        return new BrokerOptions(port, data, topics, exitWithStdin, help);
    }

    private static int parsePort(String value) throws RefusedException {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // refused below, like a number out of range
        }
        throw new RefusedException("--port " + value + ": expected a number from 0 (a free one) to 65535");
    }

    private static Path parseDirectory(String value) throws RefusedException {
        if (value.isEmpty()) {
            throw new RefusedException("--data: expected a directory, not an empty name");
        }
        // Kafka takes its directories as one comma-separated setting.
        if (value.indexOf(',') >= 0) {
            throw new RefusedException("--data " + value + ": Kafka cannot use a directory with a comma in its name");
        }
        return Path.of(value);
    }
}
