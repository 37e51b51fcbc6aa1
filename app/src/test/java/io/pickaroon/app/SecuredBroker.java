package io.pickaroon.app;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A real broker that lets nobody in without TLS and either a user with a password or a certificate, and lets those do nothing that was
 * not granted. Tests administrate it on a port without either.
 */
public final class SecuredBroker implements AutoCloseable {
    private static final String STORE_PASSWORD = "storepassword";
    private static final int LOWEST_PORT = 10_000;
    private static final int OUTGOING_PORTS = 32_768;

    private final Process process;
    private final String administration;
    private final String withPassword;
    private final String withCertificate;

    /** Certificates in PEM: of the broker, and of the client {@code CN=pickaroon} with its key. */
    public final Path brokerCertificate;

    public final Path clientKeyAndCertificate;

    private SecuredBroker(Path directory) throws Exception {
        brokerCertificate = directory.resolve("ca.crt");
        clientKeyAndCertificate = directory.resolve("tls.pem");
        KeyStore broker = generate(directory, "broker", "CN=broker");
        KeyStore client = generate(directory, "client", "CN=pickaroon");
        Path brokerPem = Files.writeString(directory.resolve("broker.pem"), key(broker) + certificate(broker));
        Files.writeString(brokerCertificate, certificate(broker));
        Files.writeString(clientKeyAndCertificate, key(client) + certificate(client));
        Path clientCertificate = Files.writeString(directory.resolve("client.crt"), certificate(client));

        List<Integer> ports = freePorts(4);
        administration = "127.0.0.1:" + ports.get(0);
        withPassword = "127.0.0.1:" + ports.get(1);
        withCertificate = "127.0.0.1:" + ports.get(2);
        String controller = "127.0.0.1:" + ports.get(3);
        String clients =
                "PLAINTEXT://%s,SASL_SSL://%s,SSL://%s".formatted(administration, withPassword, withCertificate);
        Map<String, String> settings = new TreeMap<>();
        settings.put("listeners", clients + ",CONTROLLER://" + controller);
        settings.put("advertised.listeners", clients);
        settings.put("controller.quorum.voters", "1@" + controller);
        settings.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.location", brokerPem.toString());
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", clientCertificate.toString());
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        List<String> command = new ArrayList<>();
        command.add(CommandRun.installation().javaExecutable().toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        settings.forEach((name, value) -> command.add("-Dpickaroon.kafka." + name + "=" + value));
        command.addAll(List.of(
                "-cp",
                CommandRun.installation().brokerLibDirectory().resolve("*").toString(),
                "io.pickaroon.devbroker.DevBroker"));
        command.addAll(List.of("--exit-with-stdin", "--port", Integer.toString(ports.get(0))));
        command.addAll(List.of("--data", directory.resolve("broker").toString()));
        process = new ProcessBuilder(command)
                .redirectError(directory.resolve("broker.err").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String ready = out.readLine();
        if (ready == null || !ready.startsWith("READY")) {
            throw new IOException(
                    "the broker did not start: " + ready + Files.readString(directory.resolve("broker.err")));
        }
    }

    /**
     * Starts it.
     *
     * @param directory for keys, certificates and topics
     */
    public static SecuredBroker start(Path directory) throws Exception {
        return new SecuredBroker(directory);
    }

    /** Where nothing is asked, for what tests do themselves. */
    public String administration() {
        return administration;
    }

    /** Where TLS, a user and a password (SCRAM-SHA-512) are wanted. */
    public String withPassword() {
        return withPassword;
    }

    /** Where TLS and a certificate are wanted. */
    public String withCertificate() {
        return withCertificate;
    }

    public void makeTopic(String name) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    public void makeUser(String name, String password) throws Exception {
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, scram, password)))
                    .all()
                    .get();
        }
    }

    /** Lets a principal do something from anywhere. */
    public void grant(String principal, ResourceType type, String name, PatternType pattern, AclOperation... operations)
            throws Exception {
        List<AclBinding> bindings = Stream.of(operations)
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW)))
                .toList();
        try (Admin admin = admin()) {
            admin.createAcls(bindings).all().get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", administration));
    }

    private static KeyStore generate(Path directory, String name, String owner) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "key",
                        "-dname",
                        owner,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (FileInputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String key(KeyStore keys) throws GeneralSecurityException {
        return pem(
                "PRIVATE KEY", keys.getKey("key", STORE_PASSWORD.toCharArray()).getEncoded());
    }

    private static String certificate(KeyStore keys) throws GeneralSecurityException {
        return pem("CERTIFICATE", keys.getCertificate("key").getEncoded());
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
    }

    /** Below those of outgoing connections, of which one could take the port of the broker. */
    private static List<Integer> freePorts(int count) throws IOException {
        Random random = new Random();
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            try {
                int port = random.nextInt(LOWEST_PORT, OUTGOING_PORTS);
                sockets.add(new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")));
                ports.add(port);
            } catch (IOException taken) {
                continue;
            }
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
