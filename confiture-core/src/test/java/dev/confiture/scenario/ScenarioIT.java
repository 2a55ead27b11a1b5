package dev.confiture.scenario;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.confiture.sandbox.PostgresVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every folder under {@code scenarios/} on the oldest and the newest PostgreSQL, with both
 * strategies. A new case is a new folder and needs no code; {@code scenarios/README.md} says what
 * is in one.
 */
class ScenarioIT {
    private static final List<PostgresVersion> VERSIONS =
            List.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST);

    @TestFactory
    Stream<DynamicNode> everyScenario() throws IOException, URISyntaxException {
        Path root = Path.of(ScenarioIT.class.getResource("/scenarios").toURI());
        try (Stream<Path> folders = Files.list(root)) {
            List<Path> scenarios = folders.filter(Files::isDirectory).sorted().toList();
            return scenarios.stream().map(ScenarioIT::runs);
        }
    }

    private static DynamicNode runs(Path folder) {
        Scenario scenario = read(folder);
        return dynamicContainer(
                scenario.name(),
                VERSIONS.stream()
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
