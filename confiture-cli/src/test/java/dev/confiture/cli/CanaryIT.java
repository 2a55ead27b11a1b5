package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A password appears in no output, no log line and no process list. */
@EnabledOnOs(OS.LINUX)
class CanaryIT {
    private static final String CANARY = "canary-";

    @TempDir private Path folder;

    /** The command lines of all processes that were ever seen with the canary. */
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    @Test
    void noPasswordIsEverSeen() throws Exception {
        ShopProject shop = ShopProject.in(folder);
        StringBuilder output = new StringBuilder();
        output.append(run(shop, "build --env old", 0));
        output.append(run(shop, "build --env new", 0));
        shop.fill(2000);
        for (String line :
                List.of(
                        "s2s setup --source old --target new --static",
                        "s2s analyze --target new --mapping mapping.yaml",
                        "s2s migrate --target new --mapping mapping.yaml --strategy fdw",
                        "s2s verify --target new",
                        "s2s status --target new --format json",
                        "s2s cleanup --target new")) {
            output.append(run(shop, line, 0));
        }
        output.append(run(shop, "s2s status --target postgresql://shop:canary-x@localhost/d", 2));
        assertThat(output.toString()).contains("copied").doesNotContain(CANARY);
        assertThat(ShopProject.serverLogs())
                .contains("CREATE SERVER")
                .doesNotContain(ShopProject.OLD_SECRET, ShopProject.NEW_SECRET);
        assertThat(seen).isNotEmpty().allMatch(line -> line.contains("canary-x"));
    }

    /** As a process of its own, watched by a look at all command lines until it ends. */
    private String run(ShopProject shop, String line, int exitCode) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(line.split(" ")));
        command.add("--verbose");
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(shop.variables);
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        do {
            lookAtProcesses();
        } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(line + ": " + text).isEqualTo(exitCode);
        return text;
    }

    private void lookAtProcesses() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .map(process -> process.resolve("cmdline"))
                    .filter(Files::isReadable)
                    .map(CanaryIT::commandLine)
                    .filter(line -> line.contains(CANARY))
                    .forEach(seen::add);
        }
    }

    private static String commandLine(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            if (Files.exists(file.getParent())) {
                throw new UncheckedIOException(e);
            }
            return ""; // The process has just ended.
        }
    }
}
