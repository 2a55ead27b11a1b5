package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.Database;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project of {@code docs/example} in a folder of its own, with both servers at the ports that
 * the pages name, as it seems from outside.
 */
final class DocumentedProject implements AutoCloseable {
    private static final String OLD_ADDRESS = "localhost:15432";
    private static final String NEW_ADDRESS = "localhost:25432";
    private static final Pattern PROMPT = Pattern.compile("(\\$|\\w+=>) (.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private final PostgresServer oldServer = server(PostgresVersion.OLDEST);
    private final PostgresServer newServer = server(PostgresVersion.NEWEST);
    private final Path folder;
    private int exitCode;

    private DocumentedProject(Path folder) {
        this.folder = folder;
    }

    static DocumentedProject in(Path folder) throws IOException {
        DocumentedProject project = new DocumentedProject(folder);
        Path example = Documentation.page("docs/example");
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                project.write(example.relativize(file).toString(), Files.readString(file));
            }
        }
        return project;
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                text.replace(OLD_ADDRESS, address(oldServer))
                        .replace(NEW_ADDRESS, address(newServer)));
    }

    /** Runs every line that has a prompt; returns these lines, each with what it printed below. */
    List<String> play(List<String> lines) throws SQLException {
        List<String> played = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher prompt = PROMPT.matcher(lines.get(i));
            if (prompt.matches()) {
                played.add(lines.get(i));
                StringBuilder command = new StringBuilder(prompt.group(2));
                while (command.toString().endsWith("\\")) {
                    i++;
                    command.setLength(command.length() - 1);
                    command.append(lines.get(i).strip());
                    played.add(lines.get(i));
                }
                run(prompt.group(1), command.toString())
                        .lines()
                        .map(String::stripTrailing)
                        .forEach(played::add);
                if (command.toString().startsWith("confiture demo")) {
                    return played; // It prints command lines of its own.
                }
            }
        }
        return played;
    }

    int exitCode() {
        return exitCode;
    }

    private String run(String prompt, String command) throws SQLException {
        if (!prompt.equals("$")) {
            database(prompt.replace("=>", "")).execute(command);
            return "";
        }
        if (command.equals("echo $?")) {
            return exitCode + "\n";
        }
        assertThat(command).startsWith("confiture ");
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
        Surroundings surroundings =
                new Surroundings(
                        Confiture::open,
                        Console.plain(stream, stream),
                        folder,
                        Map.of("OLD_PASSWORD", "old", "NEW_PASSWORD", "new"),
                        new StopSignal());
        exitCode = new Program(surroundings).run(words(command.substring("confiture ".length())));
        return screen.toString(StandardCharsets.UTF_8)
                .replace(address(oldServer), OLD_ADDRESS)
                .replace(address(newServer), NEW_ADDRESS);
    }

    static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(
                        word ->
                                Stream.of(1, 2, 3)
                                        .map(word::group)
                                        .filter(it -> it != null)
                                        .findFirst()
                                        .orElseThrow())
                .toArray(String[]::new);
    }

    private Database database(String name) {
        return (name.equals("shop_old") ? oldServer : newServer).database(name);
    }

    private static String address(PostgresServer server) {
        return server.host() + ":" + server.port();
    }

    private static PostgresServer server(PostgresVersion version) {
        PostgresServer server = PostgresServer.shared(version);
        Database maintenance = server.database("postgres");
        try {
            if (maintenance.number("SELECT count(*) FROM pg_roles WHERE rolname = 'shop'") == 0) {
                maintenance.execute("CREATE ROLE shop LOGIN SUPERUSER");
            }
            maintenance.execute("DROP DATABASE IF EXISTS shop_old WITH (FORCE)");
            maintenance.execute("DROP DATABASE IF EXISTS shop_new WITH (FORCE)");
            return server;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        oldServer.database("postgres").execute("DROP DATABASE IF EXISTS shop_old WITH (FORCE)");
        newServer.database("postgres").execute("DROP DATABASE IF EXISTS shop_new WITH (FORCE)");
    }
}
