package io.pickaroon.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code kubectl apply -k} would send to a cluster. */
class KubernetesManifestsTest {
    private static final Path ROOT =
            Path.of("..", "deploy", "kubernetes").toAbsolutePath().normalize();
    private static final int BOUND_SECONDS = 60;

    @TempDir
    Path directory;

    static Stream<Path> directories() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.endsWith("kustomization.yaml") && !file.startsWith(ROOT.resolve("components")))
                    .map(Path::getParent)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("directories")
    void hasOnlyFieldsThatKubernetesKnows(Path source) {
        assertThat(Kustomization.render(source)).extracting(StrictModels::read).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void aFieldThatThereIsNotIsFound() {
        List<Map<String, Object>> manifests = Kustomization.render(ROOT.resolve("base"));
        Map<String, Object> daemonSet = manifests.stream()
                .filter(each -> each.get("kind").equals("DaemonSet"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> template =
                Kustomization.map(Kustomization.map(daemonSet.get("spec")).get("template"));
        Kustomization.map(template.get("spec")).put("runAsNonRoot", true);

        assertThatThrownBy(() -> StrictModels.read(daemonSet)).hasMessageContaining("runAsNonRoot");
    }

    @ParameterizedTest
    @MethodSource("directories")
    void isWhatKubectlRenders(Path source) throws Exception {
        assumeTrue(onPath("kubectl"), "no kubectl: what the other tests look at was not compared with it");
        Ended ended = run(directory, Map.of(), "kubectl", "kustomize", source.toString());

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(sorted(Kustomization.render(source))).isEqualTo(sorted(Kustomization.documents(ended.text())));
    }

    @ParameterizedTest
    @MethodSource("directories")
    void everyReferenceLeadsSomewhere(Path source) {
        Manifests all = Manifests.of(source);
        Container main = all.main();

        assertThat(all.daemonSet().getSpec().getSelector().getMatchLabels())
                .isEqualTo(all.daemonSet().getSpec().getTemplate().getMetadata().getLabels())
                .isEqualTo(all.service().getSpec().getSelector());
        assertThat(all.service().getSpec().getPorts().getFirst().getTargetPort().getStrVal())
                .isEqualTo(main.getPorts().getFirst().getName());
        assertThat(all.pod().getVolumes())
                .extracting(Volume::getName)
                .containsExactlyInAnyOrderElementsOf(main.getVolumeMounts().stream()
                        .map(VolumeMount::getName)
                        .toList());
        assertThat(all.configuration().getData()).containsKeys("pickaroon.yaml", "KAFKA_BOOTSTRAP");
        for (HasMetadata each : all.all()) {
            assertThat(each.getMetadata().getNamespace())
                    .as(each.getKind())
                    .isEqualTo(each.getKind().equals("Namespace") ? null : "pickaroon");
        }
        all.of(PodMonitor.class)
                .forEach(monitor -> assertThat(monitor.getSpec()
                                .getPodMetricsEndpoints()
                                .getFirst()
                                .getPort())
                        .isEqualTo(main.getPorts().getFirst().getName()));
    }

    @ParameterizedTest
    @MethodSource("directories")
    void noContainerMayDoMoreThanItNeeds(Path source) {
        Manifests all = Manifests.of(source);
        PodSpec pod = all.pod();
        boolean asRoot = pod.getSecurityContext().getRunAsUser() == 0;
        boolean fixes = source.endsWith("with-fixes");

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isEqualTo(!asRoot);
        assertThat(asRoot).isEqualTo(fixes || source.endsWith("logs-of-root"));
        for (Container container : Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList()) {
            SecurityContext may = container.getSecurityContext();
            assertThat(may.getReadOnlyRootFilesystem()).as(container.getName()).isTrue();
            assertThat(may.getAllowPrivilegeEscalation())
                    .as(container.getName())
                    .isFalse();
            assertThat(may.getCapabilities().getDrop()).as(container.getName()).containsExactly("ALL");
            assertThat(may.getCapabilities().getAdd())
                    .as(container.getName())
                    .isEqualTo(container.getName().equals("state") ? List.of("CHOWN") : List.of());
        }
        assertThat(all.main().getVolumeMounts())
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(
                        fixes ? List.of("pod-logs", "state", "tmp") : List.of("state", "tmp"));
        assertThat(pod.getInitContainers().getFirst().getEnv().getFirst().getValue())
                .isEqualTo(asRoot ? "0:0" : "10001:0");
    }

    @ParameterizedTest
    @MethodSource("directories")
    void noProbeRestartsForABrokerThatIsAway(Path source) {
        Container main = Manifests.of(source).main();

        assertThat(List.of(main.getLivenessProbe(), main.getStartupProbe()))
                .extracting(KubernetesManifestsTest::path)
                .containsOnly("/healthz");
        assertThat(path(main.getReadinessProbe())).isEqualTo("/readyz");
    }

    @ParameterizedTest
    @MethodSource("directories")
    void theConfigurationPassesTheCheck(Path source) throws Exception {
        Manifests all = Manifests.of(source);
        Path file = Files.writeString(
                directory.resolve("pickaroon.yaml"),
                all.configuration().getData().get("pickaroon.yaml"));
        Map<String, String> environment = new TreeMap<>();
        for (EnvVar variable : all.main().getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValue() == null
                            ? Objects.requireNonNullElse(
                                    all.configuration().getData().get(variable.getName()), "something")
                            : variable.getValue());
        }

        Ended ended = run(
                directory,
                environment,
                Path.of(System.getProperty("pickaroon.dist"), "bin", "pickaroon")
                        .toString(),
                "check",
                "--config",
                file.toString());

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.text()).doesNotContain("ERROR", "WARN");
    }

    @ParameterizedTest
    @MethodSource("directories")
    void itsConfigurationHasAllThatTheBaseHas(Path source) {
        assertThat(linesOfConfiguration(source))
                .containsSubsequence(linesOfConfiguration(ROOT.resolve("base")).stream()
                        .skip(1)
                        // What an overlay may have in another form.
                        .filter(line -> !line.contains("properties:"))
                        .toList());
    }

    private static List<String> linesOfConfiguration(Path source) {
        return Manifests.of(source)
                .configuration()
                .getData()
                .get("pickaroon.yaml")
                .lines()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        Caused by: java.io.IOException: gone                 ; true
        KeyError: id                                          ; true
        goroutine 1 [running]:                                ; true
        main.(*Server).serve(0xc000012345, {0x4893c0?, 0x1})  ; true
        example.com/shop/orders.Run(...)                      ; true
        main.main()                                           ; true
        panic({0x4893c0?, 0x4c5f18?})                         ; true
        created by main.main in goroutine 1                   ; true
        [INFO] main.Start(ready)                              ; false
        GET.index(1)                                          ; false
        com/shop/Orders.load(x)                               ; false
        panic: no orders                                      ; false
        """)
    void aStackTraceIsOneRecordAndAMessageLikeOneOfItsLinesIsNot(String line, boolean continues) {
        String continuation = linesOfConfiguration(ROOT.resolve("base")).stream()
                .filter(each -> each.contains("continuation:"))
                .findFirst()
                .orElseThrow();
        Pattern expression =
                Pattern.compile(continuation.substring(continuation.indexOf('\'') + 1, continuation.lastIndexOf('\'')));

        assertThat(expression.matcher(line).find()).isEqualTo(continues);
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private record Ended(int code, String text) {}

    private static Ended run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        File output = directory.resolve("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("PICKAROON_START_CACHE", "off");
        builder.environment().put("PICKAROON_JAVA", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
    }

    /** In one order, whatever the order of manifests and of what has a name in them. */
    private static List<?> sorted(List<?> list) {
        List<Object> sorted = new ArrayList<>();
        for (Object each : list) {
            sorted.add(sorted(each));
        }
        if (!list.isEmpty()
                && list.getFirst() instanceof Map<?, ?> first
                && (first.containsKey("name") || first.containsKey("kind"))) {
            sorted.sort(Comparator.comparing(Object::toString));
        }
        return sorted;
    }

    private static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> sorted.put((String) key, sorted(value)));
            return sorted;
        }
        return tree instanceof List<?> list ? sorted(list) : tree;
    }

    /** What was rendered of one directory, as its types. */
    private record Manifests(List<HasMetadata> all) {
        static Manifests of(Path source) {
            return new Manifests(Kustomization.render(source).stream()
                    .map(StrictModels::read)
                    .toList());
        }

        <T> Stream<T> of(Class<T> type) {
            return all.stream().filter(type::isInstance).map(type::cast);
        }

        DaemonSet daemonSet() {
            return of(DaemonSet.class).findFirst().orElseThrow();
        }

        Service service() {
            return of(Service.class).findFirst().orElseThrow();
        }

        ConfigMap configuration() {
            return of(ConfigMap.class).findFirst().orElseThrow();
        }

        PodSpec pod() {
            return daemonSet().getSpec().getTemplate().getSpec();
        }

        Container main() {
            return pod().getContainers().getFirst();
        }
    }
}
