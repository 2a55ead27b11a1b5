package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code confiture}, in a copy of the built distribution without any sources. */
class LauncherIT {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

    @TempDir private Path home;
    private Path distribution;

    private record Ended(int exitCode, String out, String err) {}

    @BeforeEach
    void copyTheDistribution() throws IOException {
        Files.copy(CHECKOUT.resolve("confiture"), home.resolve("confiture"));
        distribution = home.resolve("confiture-cli/target/dist");
        Files.createDirectories(distribution);
        Files.createSymbolicLink(
                distribution.resolve("lib"), CHECKOUT.resolve("confiture-cli/target/dist/lib"));
    }

    @Test
    void keepsLoadedClassesForTheNextStart() throws Exception {
        Ended first = run("--version");
        List<Path> kept = caches();
        Ended second = run("--version");

        assertThat(first.out()).matches("confiture \\S+\n");
        assertThat(second).isEqualTo(first).isEqualTo(new Ended(0, first.out(), ""));
        assertThat(kept).singleElement().satisfies(cache -> assertThat(cache).isNotEmptyFile());
        assertThat(caches()).isEqualTo(kept);
    }

    @Test
    void saysNothingOfACacheThatIsOfNoUse() throws Exception {
        run("--version");
        Files.writeString(caches().getFirst(), "no cache");

        Ended ended = run("s2s", "status");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: ").doesNotContain("[aot]", "[cds]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "512", "100000000g"})
    void refusesAHeapThatJavaCannotBeginWith(String heap) throws Exception {
        Ended ended = run(Map.of("CONFITURE_HEAP", heap), "--version");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("confiture: CONFITURE_HEAP=" + heap + " is no heap ")
                .contains("such as CONFITURE_HEAP=512m");
    }

    @Test
    void takesAHeapThatIsOne() throws Exception {
        Ended ended = run(Map.of("CONFITURE_HEAP", "96m"), "--version");

        assertThat(ended).isEqualTo(new Ended(0, ended.out(), ""));
        assertThat(ended.out()).startsWith("confiture ");
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(distribution.resolve("start"))) {
            return files.toList();
        }
    }

    private Ended run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Ended run(Map<String, String> variables, String... arguments) throws Exception {
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(home.resolve("confiture").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("CONFITURE_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        int exitCode = builder.start().waitFor();
        return new Ended(
                exitCode,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
