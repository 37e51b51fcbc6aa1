package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whatever the text of a template is, it is refused within its text, or renders what replacing its pieces one by one makes. */
class TemplateFuzzTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("E", "e}", "EMPTY", "");
    private static final Map<String, String> VALUES =
            Map.of("host", "h", "file", "f", "file.name", "{", "group.g", "v", "field.a", "1", "field.a.b", "2");
    private static final TemplateScope SCOPE = TemplateScope.of(ENVIRONMENT::get)
            .withNames(Variable.GROUP, List.of("g", "missing"))
            .withAnyName(Variable.FIELD);
    private static final List<String> PLAIN =
            List.of("host", "instance", "input", "rule", "file", "file.name", "offset", "id", "time");

    private static final Pattern PIECE =
            Pattern.compile("\\G(?:\\{\\{|}}|\\{(?<name>[^{}:]+)(?<default>:[^{}]*)?}|[^{}])", Pattern.DOTALL);

    /** What a template makes: a text, a name that is missing, or nothing where it is no template. */
    private record Outcome(Optional<String> text, Optional<String> missing) {
        static final Outcome REFUSED = new Outcome(Optional.empty(), Optional.empty());
    }

    @FuzzTest(maxDuration = "10m")
    void rendersWhatItsPiecesMake(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Outcome expected = naive(text);
        Template template;
        try {
            template = Template.parse(text, SCOPE);
        } catch (TemplateException refused) {
            assertThat(expected).isEqualTo(Outcome.REFUSED);
            assertThat(refused.column()).isBetween(1, 1 + text.codePointCount(0, text.length()));
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}");
            return;
        }
        ByteBuilder made = new ByteBuilder(1 << 20);
        Optional<TemplateName> missing = template.render(new RecordValues(VALUES), made);

        assertThat(missing.map(TemplateName::toString)).isEqualTo(expected.missing());
        assertThat(missing.isEmpty() ? Optional.of(made.toString()) : Optional.empty())
                .isEqualTo(expected.text());
        assertThat(missing.stream().toList()).allMatch(template.names()::contains);
        if (missing.isEmpty()) {
            assertThat(made.toString()).startsWith(template.literalPrefix());
        }
    }

    private static Outcome naive(String text) {
        Matcher piece = PIECE.matcher(text);
        StringBuilder made = new StringBuilder();
        Optional<String> missing = Optional.empty();
        int end = 0;
        while (piece.find()) {
            end = piece.end();
            String name = piece.group("name");
            if (name == null) {
                made.append(piece.group().charAt(0));
                if (Character.isHighSurrogate(piece.group().charAt(0))) {
                    made.append(piece.group().substring(1));
                }
                continue;
            }
            String byDefault = piece.group("default");
            if (!isKnown(name)) {
                return Outcome.REFUSED;
            }
            boolean isEnvironment = name.startsWith("env.");
            String value =
                    isEnvironment ? ENVIRONMENT.getOrDefault(name.substring(4), "") : VALUES.getOrDefault(name, "");
            if (value.isEmpty() && byDefault == null) {
                if (isEnvironment) {
                    return Outcome.REFUSED;
                }
                missing = missing.or(() -> Optional.of(name));
            }
            made.append(value.isEmpty() && byDefault != null ? byDefault.substring(1) : value);
        }
        if (end < text.length()) {
            return Outcome.REFUSED;
        }
        return new Outcome(missing.isEmpty() ? Optional.of(made.toString()) : Optional.empty(), missing);
    }

    private static boolean isKnown(String name) {
        return PLAIN.contains(name)
                || List.of("group.g", "group.missing").contains(name)
                || name.matches("(?s)env\\..+")
                || name.matches("(?s)field\\..+") && FieldParser.isAskable(name.substring("field.".length()));
    }
}
