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

/**
 * Reads {@code hooks:} of an environment file: a command each, or a map of command and timeout. The
 * shell that runs a command puts its variables in, so they are left alone here.
 */
final class HookParser {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

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
            throw node.failure("is empty", null);
        }
        return node.text();
    }

    private static Duration timeout(YamlNode node) {
        String text = node.text();
        if (!text.matches("[1-9][0-9]{0,4}s")) {
            throw node.failure("must be a number of seconds such as 30s", null);
        }
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }
}
