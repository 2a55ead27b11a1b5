package dev.confiture.cli;

import dev.confiture.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Types command lines and keeps what was printed. */
final class Terminal {
    final StopSignal stop = new StopSignal();

    private final Surroundings.Engine engine;
    private final Path folder;
    private final Map<String, String> variables;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Terminal(Surroundings.Engine engine, Path folder, Map<String, String> variables) {
        this.engine = engine;
        this.folder = folder;
        this.variables = variables;
    }

    static Terminal with(FakeConfiture confiture) {
        return new Terminal((_, _, _) -> confiture, Path.of("/work"), Map.of());
    }

    /** The exit code; what earlier command lines printed is forgotten. */
    int type(String... arguments) {
        out.reset();
        err.reset();
        Console console = Console.plain(stream(out), stream(err));
        return new Program(new Surroundings(engine, console, folder, variables, stop))
                .run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Stdout, which must be one JSON object and nothing else. */
    JsonNode json() {
        return JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(out());
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
