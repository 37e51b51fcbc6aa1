package io.pickaroon.app.fix;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.properties.ConnectorProperties;
import io.pickaroon.config.properties.ConnectorReader;
import io.pickaroon.config.properties.PropertiesException;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.connect.generation.Decision;
import io.pickaroon.connect.read.SplitInput;
import io.pickaroon.connect.read.SplitReader;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.FileMark;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A connector as the REST API of a cluster shows it, whose offsets are those that the plug-in would commit. */
final class DeliveringConnector implements AutoCloseable {
    static final String LABEL = "disk-1";

    private final HttpServer server;
    private final LogInput input;
    private final long splitBytes;
    /** What is committed. */
    final Map<String, Map<String, Object>> offsets = new ConcurrentHashMap<>();

    private final Map<Split, SplitOffset> reached =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

    /** What the last request had in the header of that name. */
    volatile String authorization;

    /** @param configuration of the host; the connector has its inputs and rules, as {@code check --connect} gives them */
    DeliveringConnector(Path configuration, long splitBytes) throws IOException, PropertiesException {
        this.splitBytes = splitBytes;
        Settings settings = Configuration.read(configuration, _ -> null);
        Settings ofConnector = ConnectorReader.read(
                        ConnectorProperties.of(settings).properties(), Optional.empty(), RegexCheck.NONE, _ -> {})
                .settings();
        input = EngineInputs.of(ofConnector, InputFiles.find(ofConnector.inputs(), Path.of("/")), true)
                .getFirst();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/connectors/shop/offsets", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/connectors/shop"
                .formatted(server.getAddress().getPort());
    }

    Set<String> rules() {
        return scanners().first().fingerprints();
    }

    private InputScanners scanners() {
        return InputScanners.of(input, PartLimit.STANDARD);
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayFieldStart("offsets");
            for (Map.Entry<String, Map<String, Object>> offset : offsets.entrySet()) {
                json.writeStartObject();
                json.writeObjectFieldStart("partition");
                json.writeStringField(Split.PARTITION_KEY, offset.getKey());
                json.writeEndObject();
                json.writeObjectFieldStart("offset");
                for (Map.Entry<String, Object> field : offset.getValue().entrySet()) {
                    json.writePOJOField(field.getKey(), field.getValue());
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        exchange.sendResponseHeaders(200, body.size());
        exchange.getResponseBody().write(body.toByteArray());
        exchange.close();
    }

    /** The key of a file as it is now. */
    static FileKey key(Path log, int generation) throws IOException {
        try (LogFile file = LogFile.open(log)) {
            return new FileKey(LABEL, file.identity().inode(), generation);
        }
    }

    /** Commits a split up to an offset at which a line ends. */
    void commit(Path log, int generation, long number, long offset) throws IOException {
        commit(log, generation, number, new Position(offset, offset % splitBytes != 0), rules());
    }

    void commit(Path log, int generation, long number, Position position, Set<String> rules) throws IOException {
        try (LogFile file = LogFile.open(log)) {
            SplitOffset offset = new SplitOffset(
                    position,
                    rules,
                    LineEnds.before(file, position.offset()),
                    FileMark.of(file.identity()),
                    splitBytes,
                    log.toString());
            offsets.put(new Split(key(log, generation), number).toString(), offset.toMap());
        }
    }

    /**
     * Has the plug-in's reader read a little of a split, and commits that.
     *
     * @param isGrowing whether the file may grow
     * @param emitted gets the offset of each record that is sent, and its text
     * @return false if there was nothing
     */
    boolean read(Path log, long number, long mostBytes, boolean isGrowing, Map<Long, String> emitted)
            throws IOException {
        Split split = new Split(key(log, 0), number);
        try (LogFile file = LogFile.open(log)) {
            Optional<SplitOffset> from = Optional.ofNullable(reached.get(split));
            SplitReader reader = new SplitReader(
                    new SplitInput(input.plan(), scanners().first(), isGrowing),
                    file,
                    new Decision.Read(split, from, from.stream().toList(), Optional.empty()),
                    splitBytes);
            Optional<ScannedWindow> window = reader.next(mostBytes);
            window.map(ScannedWindow::matches).ifPresent(matches -> {
                for (int match = 0; match < matches.size(); match++) {
                    emitted.put(matches.recordOffset(match), matches.rule(match).id());
                }
            });
            if (window.isPresent()) {
                reached.put(split, reader.offset());
                offsets.put(
                        split.toString(), new LinkedHashMap<>(reader.offset().toMap()));
            }
            return window.isPresent();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
