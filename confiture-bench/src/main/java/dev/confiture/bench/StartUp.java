package dev.confiture.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How long commands take that have nothing to do. */
final class StartUp {
    private static final Discipline DISCIPLINE =
            new Discipline("start-up: a command that has nothing to do", "s", List.of());

    private static final Map<String, String> COMMANDS =
            Map.of(
                    "confiture --version", " --version",
                    "confiture s2s status, nobody there",
                            " s2s status --target postgresql://nobody@localhost:1/none || true");

    private StartUp() {}

    static void run(Path launcher, Shell shell, Rounds rounds) {
        COMMANDS.forEach(
                (name, arguments) -> {
                    shell.run(launcher + arguments);
                    for (int round = 0; round < rounds.count(); round++) {
                        rounds.results().add(DISCIPLINE, name, shell.run(launcher + arguments));
                    }
                });
    }
}
