package io.pickaroon.records;

import io.pickaroon.records.Template.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the text of one template. */
final class TemplateParser {
    private static final int MOST_NAMES_SHOWN = 12;
    private static final int LONGEST_NAME_SHOWN = 60;

    private final String text;
    private final TemplateScope scope;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    TemplateParser(String text, TemplateScope scope) {
        this.text = text;
        this.scope = scope;
    }

    List<Part> parts() throws TemplateException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c), at + 1)) {
                literal.append(c);
                at += 2;
            } else if (c == '{') {
                reference();
            } else if (c == '}') {
                throw wrong(at, "this } closes nothing; write }} for a brace");
            } else {
                literal.append(c);
                at++;
            }
        }
        endLiteral();
        return parts;
    }

    private void reference() throws TemplateException {
        int start = at + 1;
        int end = text.indexOf('}', start);
        if (end < 0) {
            throw wrong(at, "this { is not closed; write {{ for a brace");
        }
        int inner = text.indexOf('{', start);
        if (inner >= 0 && inner < end) {
            throw wrong(inner, "a { between { and }; neither a name nor a default can hold a brace");
        }
        int colon = text.indexOf(':', start);
        boolean hasDefault = colon >= 0 && colon < end;
        TemplateName name = name(text.substring(start, hasDefault ? colon : end), start);
        Optional<String> byDefault = hasDefault ? Optional.of(text.substring(colon + 1, end)) : Optional.empty();
        if (name.variable() == Variable.ENV) {
            literal.append(fromEnvironment(name, byDefault, start));
        } else {
            endLiteral();
            parts.add(new Part.Reference(
                    name, byDefault.map(TemplateParser::utf8), Optional.of(name), scope.canBeMissing(name)));
        }
        at = end + 1;
    }

    private String fromEnvironment(TemplateName name, Optional<String> byDefault, int start) throws TemplateException {
        Optional<String> value = scope.environment(name.member()).or(() -> byDefault);
        if (value.isEmpty()) {
            throw wrong(
                    start,
                    "the environment variable '" + shown(name.member()) + "' is not set or empty, and "
                            + "there is no default; set it or write {env.NAME:default}");
        }
        return value.get();
    }

    private TemplateName name(String written, int start) throws TemplateException {
        if (written.isEmpty()) {
            throw wrong(start, "a name is missing between { and }; names are " + shown(scope.names()));
        }
        Optional<Variable> plain = Variable.of(written);
        int dot = written.indexOf('.');
        Optional<Variable> group = plain.or(() -> Variable.of(dot < 0 ? "" : written.substring(0, dot)))
                .filter(Variable::hasMembers);
        Variable variable = plain.or(() -> group)
                .orElseThrow(() -> unknown(written, start, "there is no name '" + shown(written) + "'"));
        if (!scope.knows(variable)) {
            throw wrong(start, "'" + variable.word() + "' cannot be used here; names are " + shown(scope.names()));
        }
        if (!variable.hasMembers()) {
            return new TemplateName(variable, "");
        }
        if (dot < 0 || dot == written.length() - 1) {
            throw wrong(
                    start, "'" + variable.word() + "' needs a name behind a dot, as in {" + variable.word() + ".NAME}");
        }
        TemplateName name = new TemplateName(variable, written.substring(dot + 1));
        if (variable == Variable.FIELD && !FieldParser.isAskable(name.member())) {
            throw wrong(start, "a field's name has at most " + FieldParser.MOST_PARTS + " parts between dots");
        }
        Optional<String> hidden = scope.whyHidden(name);
        if (hidden.isPresent() && !scope.knows(name)) {
            throw wrong(start, "the " + variable.word() + " '" + shown(name.member()) + "' " + hidden.get());
        }
        if (variable != Variable.ENV && !scope.knows(name)) {
            Set<String> members = scope.membersKnown(variable);
            throw unknown(
                    written,
                    start,
                    "there is no " + variable.word() + " '" + shown(name.member()) + "'"
                            + (members.isEmpty()
                                    ? ", and no other " + variable.word()
                                    : "; there are: " + shown(members)));
        }
        return name;
    }

    /** The nearest name; of the members of paths, groups and fields, one that was written without its variable counts too. */
    private TemplateException unknown(String written, int start, String message) {
        Set<String> words = scope.words();
        Optional<String> meant = words.stream()
                .filter(word -> word.endsWith("." + written))
                .findFirst()
                .or(() -> Spelling.nearest(written, words))
                .or(() -> nearestVariable(written));
        boolean isMember = message.contains("; there are: ") || message.contains(", and no other ");
        String names = meant.isPresent() || isMember ? "" : "; names are " + shown(scope.names());
        return new TemplateException(column(start), message + names, meant);
    }

    /** A member that nothing is known of, behind a variable that is written wrongly. */
    private Optional<String> nearestVariable(String written) {
        int dot = written.indexOf('.');
        if (dot <= 0) {
            return Optional.empty();
        }
        Set<String> words = Variable.all().stream()
                .filter(variable -> variable.hasMembers() && scope.knows(variable))
                .map(Variable::word)
                .filter(word -> !word.equals(written.substring(0, dot)))
                .collect(Collectors.toSet());
        return Spelling.nearest(written.substring(0, dot), words).map(word -> word + shown(written.substring(dot)));
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString(), utf8(literal.toString())));
            literal.setLength(0);
        }
    }

    private TemplateException wrong(int index, String message) {
        return new TemplateException(column(index), message, Optional.empty());
    }

    private int column(int index) {
        return 1 + text.codePointCount(0, index);
    }

    private static byte[] utf8(String part) {
        return part.getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(Set<String> words) {
        String first = words.stream()
                .limit(MOST_NAMES_SHOWN)
                .map(TemplateParser::shown)
                .collect(Collectors.joining(", "));
        return words.size() > MOST_NAMES_SHOWN ? first + " and " + (words.size() - MOST_NAMES_SHOWN) + " more" : first;
    }

    /** A word that somebody else wrote, for a message of one line. */
    private static String shown(String word) {
        String line = word.codePoints()
                .limit(LONGEST_NAME_SHOWN)
                .map(c -> Character.isISOControl(c) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return word.codePointCount(0, word.length()) > LONGEST_NAME_SHOWN ? line + "..." : line;
    }
}
