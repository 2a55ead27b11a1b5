package dev.confiture.environment;

import dev.confiture.yaml.YamlNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the process's environment into the values of a file: {@code ${NAME}}, or {@code
 * ${NAME:-default}} where the default also stands in for an empty variable, as in a shell. {@code
 * $$} is a dollar sign, and so is one that stands alone.
 */
final class Variables {
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "\\$(?:(?<dollar>\\$)"
                            + "|\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?}"
                            + "|(?<wrong>\\{))");

    private final Map<String, String> variables;

    Variables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The node's text with its variables replaced. What comes out is not looked at again. */
    String expand(YamlNode node) {
        Matcher matcher = REFERENCE.matcher(node.text());
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    expanded, Matcher.quoteReplacement(replacement(matcher, node)));
        }
        return matcher.appendTail(expanded).toString();
    }

    private String replacement(Matcher matcher, YamlNode node) {
        if (matcher.group("dollar") != null) {
            return "$";
        }
        if (matcher.group("wrong") != null) {
            throw node.failure(
                    "has a ${ that is not followed by NAME} or NAME:-default}",
                    "Write a dollar sign that means itself as $$.");
        }
        String name = matcher.group("name");
        String value = variables.get(name);
        String fallback = matcher.group("default");
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        if (value == null) {
            throw node.failure(
                    "needs the variable " + name + ", which is not set",
                    "Set it (export "
                            + name
                            + "=…), or give it a default in the file: ${"
                            + name
                            + ":-…}.");
        }
        return value;
    }
}
