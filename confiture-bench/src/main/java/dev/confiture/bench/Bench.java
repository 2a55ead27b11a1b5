package dev.confiture.bench;

import static java.util.Objects.requireNonNull;

import dev.confiture.bench.bulk.Bulk;
import dev.confiture.bench.bulk.Contender;
import dev.confiture.bench.bulk.Contenders;
import dev.confiture.bench.bulk.Forecast;
import dev.confiture.bench.bulk.Workload;
import dev.confiture.bench.live.CatchUp;
import dev.confiture.bench.live.Impact;
import dev.confiture.bench.live.Sustained;
import dev.confiture.sandbox.PostgresVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The entry point of {@code bench/run}. */
@Command(
        name = "bench/run",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Runs Confiture and those of its peers that are installed on the same data, in turn,",
            "and writes a Markdown table and a plot (SVG). Nothing is installed; what is missing",
            "is named and left out."
        })
public final class Bench implements Callable<Integer> {
    private static final Map<String, LongFunction<Workload>> BULK =
            Map.of(
                    "narrow", Workload::narrow,
                    "wide", Workload::wide,
                    "many", Workload::many,
                    "indexed", Workload::indexed);

    private static final Set<String> OTHERS =
            Set.of("catch-up", "catch-up-apart", "lag", "verify", "impact", "estimate", "start-up");

    @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int roundCount;

    @Option(
            names = "--rows",
            defaultValue = "2000000",
            description = {
                "Rows in all; wide ones are a tenth of it, changes that wait a fourth.",
                "Default: ${DEFAULT-VALUE}."
            })
    private long rows;

    @Option(
            names = "--only",
            split = ",",
            defaultValue =
                    "narrow,wide,many,indexed,catch-up,catch-up-apart,lag,verify,impact,start-up",
            description = "Which disciplines. Default: ${DEFAULT-VALUE}.")
    private List<String> disciplines = List.of();

    @Option(
            names = "--without",
            split = ",",
            description = "Contenders to leave out, by the beginning of their names.")
    private List<String> without = List.of();

    @Option(
            names = "--postgres",
            defaultValue = "14",
            description = {
                "Major version of both servers; the peers' clients must not be older.",
                "Default: ${DEFAULT-VALUE}."
            })
    private int version;

    @Option(
            names = "--output",
            required = true,
            description = {
                "The folder for results.md and results.svg. A page of the same name beside it,"
                        + " with",
                "the marks <!-- results --> and <!-- end of results -->, gets them too."
            })
    private Path output = Path.of("");

    @Option(names = "--launcher", required = true, hidden = true)
    private Path launcher = Path.of("");

    private final PrintStream err = System.err;
    private final Results results = new Results(System.err);

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Bench()).setOverwrittenOptionsAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder =
                Files.createTempDirectory(
                        "confiture-bench-",
                        // The servers write files there, as another user if we are root.
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Shell shell = new Shell(folder, Map.of());
        mustBeKnown();
        Rounds rounds = new Rounds(roundCount, results);
        try (Arena arena = Arena.open(new PostgresVersion(version))) {
            for (String discipline : disciplines) {
                err.println(discipline);
                run(discipline, arena, shell, rounds);
                write();
            }
        }
        System.out.println(output.resolve("results.md"));
        return 0;
    }

    private void mustBeKnown() {
        for (String discipline : disciplines) {
            if (!BULK.containsKey(discipline) && !OTHERS.contains(discipline)) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "there is no discipline " + discipline);
            }
        }
    }

    private void run(String discipline, Arena arena, Shell shell, Rounds rounds)
            throws SQLException {
        switch (discipline) {
            case "catch-up" -> CatchUp.BANK.run(arena, rows / 4, launcher, shell, rounds);
            case "catch-up-apart" -> CatchUp.APART.run(arena, rows / 4, launcher, shell, rounds);
            case "lag" -> Sustained.run(arena, rows / 4, launcher, shell, rounds);
            case "verify" -> VerifyRace.run(arena, Workload.narrow(rows), launcher, shell, rounds);
            case "impact" -> Impact.run(arena, rows, launcher, shell, rounds);
            case "estimate" -> {
                for (Workload workload :
                        List.of(
                                Workload.narrow(rows),
                                Workload.wide(rows),
                                Workload.indexed(rows))) {
                    Forecast.run(arena, workload, launcher, shell, rounds);
                }
            }
            case "start-up" -> StartUp.run(launcher, shell, rounds);
            default ->
                    Bulk.run(
                            arena,
                            requireNonNull(BULK.get(discipline)).apply(rows),
                            Contenders.all(launcher).stream().filter(this::takesPart).toList(),
                            shell,
                            rounds);
        }
    }

    private void write() throws IOException {
        Files.createDirectories(output);
        String text = setting() + "\n\n" + new MarkdownTable(results).text();
        Files.writeString(output.resolve("results.md"), text);
        Files.writeString(output.resolve("results.svg"), Plot.of(results));
        ResultsPage.besides(output).ifPresent(page -> page.put(text));
    }

    /** What the figures hold for. */
    private String setting() {
        return ("Measured on %s: PostgreSQL %d on both ends, %d processors, %s, Java %s;"
                        + " `bench/run --rows=%d --rounds=%d`.")
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        version,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        Runtime.version().feature(),
                        rows,
                        roundCount);
    }

    private boolean takesPart(Contender contender) {
        if (without.stream().anyMatch(contender.name()::startsWith)) {
            return false;
        }
        boolean installed = Shell.has(contender.programs());
        if (!installed) {
            err.println("left out, not installed: " + contender.name());
        }
        return installed;
    }
}
