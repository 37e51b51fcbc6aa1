package io.pickaroon.app;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A directory that stands for the host on which a reader tries a page: with logs, example configurations and an installation.
 * Paths that begin with {@code /var} or {@code /etc} lead into it, and ports are free ones; else nothing of a command changes.
 */
final class GuideHost implements AutoCloseable {
    private static final int END_BOUND_SECONDS = 60;
    private static final String LOG = """
        2026-11-28 10:00:01 INFO  order=1 paid card=4111111111111111
        2026-11-28 10:00:02 INFO  order=2 paid card=4111111111111112
        2026-11-28 10:00:03 INFO  order=3 paid card=4111111111111113
        2026-11-28 10:00:04 INFO  order=4 paid card=4111111111111114
        2026-11-28 10:00:05 INFO  order=5 paid card=4111111111111115
        2026-11-28 10:00:06 ERROR no stock for order=6
        2026-11-28 10:00:07 WARN  timeout after 1500 ms
        """;

    /**
     * What would never end by itself runs in the background from when it is ready, as in a terminal of its own. A run ends the
     * one before it, which has the checkpoint.
     */
    private static final String SHELL = """
        installed() { "$PWD/installed/bin/pickaroon" "$@"; }
        background() {
            local ready=$1 name=$2; shift
            "$PWD/installed/bin/pickaroon" "$@" >"$name.out" 2>"$name.err" </dev/null &
            echo $! >"$name.pid"
            until grep -q "$ready" "$name.out" "$name.err"; do
                kill -0 $! || { cat "$name.err" >&2; return 1; }
                sleep 0.1
            done
        }
        end() {
            [[ -e $1.pid ]] || return 0
            kill "$(cat "$1.pid")" && tail --pid="$(cat "$1.pid")" -f /dev/null
            rm "$1.pid"
        }
        pickaroon() {
            case " $* " in
                ' run '*'--dry-run '*) installed "$@" ;;
                ' run '*'--once '*) end run; installed "$@" ;;
                ' run '*) end run; background 'delivers to Kafka' "$@" ;;
                ' dev-broker '*) background '^READY' "$@" ;;
                ' checkpoint '*) end run; installed "$@" ;;
                *) installed "$@" ;;
            esac
        }
        """;

    private final Path directory;
    private final InstalledProgram program;
    private final int kafkaPort = freePort();
    private final int httpPort = freePort();

    GuideHost(Path directory) throws IOException {
        this.directory = directory;
        this.program = InstalledProgram.in(directory);
        Files.createSymbolicLink(
                directory.resolve("installed/broker"), Path.of(System.getProperty("pickaroon.broker.lib")));
        write("app.log", LOG);
        archive("app.log.1.gz");
        write("var/log/syslog", "Nov 28 10:00:00 host kernel: an error\n");
        write("var/log/shop/app.log", LOG);
        write("var/log/shop/app.log.1", LOG);
        archive("var/log/shop/app.log.2.gz");
        write("var/log/java/app.log", """
            2026-11-28 10:00:01 ERROR order=1 failed
            java.lang.IllegalStateException: no connection
                at shop.Orders.pay(Orders.java:12)
            Caused by: java.net.SocketTimeoutException: Read timed out
                ... 3 more
            2026-11-28 10:00:02 INFO order=2 paid
            """);
        write("var/log/frames/app.bin", "error one\0info two\0");
        Files.write(place("var/log/windows/app.log"), "\uFEFFerror: caf\u00e9\r\n".getBytes(UTF_16LE));
        write(
                "var/log/pods/shop_cart-1_2f/cart/0.log",
                "2026-11-28T10:00:00.1Z stdout F INFO started\n2026-11-28T10:00:01.2Z stderr F ERROR no stock\n");
        for (Path example : configurations()) {
            String text = asHere(Files.readString(example));
            write(example.getFileName().toString(), text);
            write("config/examples/" + example.getFileName(), text);
        }
        for (String name : List.of("docker/pickaroon.yaml", "deploy/kubernetes/base/pickaroon.yaml")) {
            write(name, configuration(name));
        }
        write("etc/pickaroon/pickaroon.yaml", configuration("packaging/deb/pickaroon.yaml"));
    }

    /** The example configurations in the source tree. */
    static List<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.list(GuidePage.ROOT.resolve("config/examples"))) {
            return files.sorted().toList();
        }
    }

    /** Runs one command as a page shows it. */
    InstalledProgram.Ended run(String command) throws IOException, InterruptedException {
        return program.bash("C.UTF-8", SHELL, asHere(command));
    }

    private String configuration(String name) throws IOException {
        return asHere(Files.readString(GuidePage.ROOT.resolve(name)));
    }

    private String asHere(String text) {
        return text.replace("./pickaroon ", "pickaroon ")
                .replaceAll("\\b9092\\b", Integer.toString(kafkaPort))
                .replaceAll("\\b9600\\b", Integer.toString(httpPort))
                .replaceAll("(?<![\\w.])/(var|etc)/", directory + "/$1/");
    }

    private Path place(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(place(name), text);
    }

    private void archive(String name) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(place(name)))) {
            out.write(LOG.getBytes(UTF_8));
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what runs in the background, the runs before the broker that they deliver to. */
    @Override
    public void close() throws IOException {
        for (String name : List.of("run.pid", "dev-broker.pid")) {
            Path pid = directory.resolve(name);
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                    process.destroy();
                    process.onExit()
                            .orTimeout(END_BOUND_SECONDS, TimeUnit.SECONDS)
                            .join();
                });
            }
        }
    }
}
