package dev.confiture.environment;

import dev.confiture.environment.Hooks.Hook;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.yaml.YamlMap;
import dev.confiture.yaml.YamlNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code hooks:} of an environment file: a command each, or a map of command and timeout. The
 * shell that runs a command puts its variables in, so they are left alone here.
 */
final class HookParser {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})(ms|s)");

    private HookParser() {}

    static Hooks parse(YamlMap environment) {
        YamlNode hooks = environment.value("hooks").orElse(null);
        if (hooks == null) {
            return Hooks.NONE;
        }
        hooks.map().allowOnly(Arrays.stream(Moment.values()).map(Moment::label).toList());
        Map<Moment, Hook> calls = new EnumMap<>(Moment.class);
        for (Moment moment : Moment.values()) {
            hooks.map().value(moment.label()).ifPresent(node -> calls.put(moment, hook(node)));
        }
        return new Hooks(calls);
    }

    private static Hook hook(YamlNode node) {
        if (!(node instanceof YamlMap map)) {
            return new Hook(command(node), DEFAULT_TIMEOUT);
        }
        map.allowOnly(List.of("command", "timeout"));
        String command =
                map.value("command")
                        .map(HookParser::command)
                        .orElseThrow(() -> map.failure("needs a command", null));
        return new Hook(
                command, map.value("timeout").map(HookParser::timeout).orElse(DEFAULT_TIMEOUT));
    }

    private static String command(YamlNode node) {
        if (node.text().isBlank()) {
            throw node.failure("is empty", "Write a command for sh -c, or take the hook out.");
        }
        return node.text();
    }

    /** Written as {@code --max-pause} is. */
    private static Duration timeout(YamlNode node) {
        Matcher matcher = TIME.matcher(node.text());
        if (!matcher.matches()) {
            throw node.failure(
                    "is no time", "Write a whole number and ms or s, such as 500ms or 30s.");
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s")
                ? Duration.ofSeconds(number)
                : Duration.ofMillis(number);
    }
}
