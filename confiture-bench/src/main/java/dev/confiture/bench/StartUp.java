package dev.confiture.bench;

import java.nio.file.Path;
import java.util.Map;

/** How long commands take that have nothing to do. */
final class StartUp {
    private static final Map<String, String> COMMANDS =
            Map.of(
                    "confiture --version", " --version",
                    "confiture s2s status, nobody there",
                            " s2s status --target postgresql://nobody@localhost:1/none || true");

    private StartUp() {}

    static void run(Path launcher, Shell shell, int rounds, Results results) {
        COMMANDS.forEach(
                (name, arguments) -> {
                    shell.run(launcher + arguments);
                    for (int round = 0; round < rounds; round++) {
                        results.add("start-up", name, shell.run(launcher + arguments));
                    }
                });
    }
}
