package dev.confiture.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.confiture.sandbox.PostgresVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every folder under {@code scenarios/} on the oldest and the newest PostgreSQL, with both
 * strategies; with {@code -Dscenario=icu} only those whose names contain {@code icu}. A new case is
 * a new folder and needs no code; {@code scenarios/README.md} says what is in one.
 */
class ScenarioIT {
    /** A regular expression: only the scenarios in whose names it is found are run. */
    private static final Pattern WANTED = Pattern.compile(System.getProperty("scenario", ""));

    @TestFactory
    Stream<DynamicNode> everyScenario() throws IOException, URISyntaxException {
        Path root = Path.of(ScenarioIT.class.getResource("/scenarios").toURI());
        try (Stream<Path> folders = Files.list(root)) {
            List<Path> scenarios =
                    folders.filter(Files::isDirectory)
                            .filter(
                                    folder ->
                                            WANTED.matcher(folder.getFileName().toString()).find())
                            .sorted()
                            .toList();
            assertThat(scenarios).as("scenarios that match %s", WANTED).isNotEmpty();
            return scenarios.stream().map(ScenarioIT::runs);
        }
    }

    private static DynamicNode runs(Path folder) {
        Scenario scenario = read(folder);
        return dynamicContainer(
                scenario.name(),
                scenario.versions().stream()
                        .flatMap(
                                version ->
                                        scenario.strategies().stream()
                                                .map(
                                                        strategy ->
                                                                run(scenario, version, strategy))));
    }

    private static DynamicNode run(Scenario scenario, PostgresVersion version, String strategy) {
        return dynamicTest(
                scenario.name() + ", PostgreSQL " + version.major() + ", " + strategy,
                () -> new ScenarioRun(scenario, version, strategy).run());
    }

    private static Scenario read(Path folder) {
        try {
            return Scenario.in(folder);
        } catch (IOException cause) {
            throw new UncheckedIOException(folder.toString(), cause);
        }
    }
}
