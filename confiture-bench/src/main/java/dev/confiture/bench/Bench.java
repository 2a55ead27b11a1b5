package dev.confiture.bench;

import dev.confiture.bench.bulk.Contender;
import dev.confiture.bench.bulk.Contenders;
import dev.confiture.bench.bulk.Workload;
import dev.confiture.sandbox.Database;
import dev.confiture.sandbox.PostgresVersion;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
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

    @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--rows",
            defaultValue = "2000000",
            description = "Rows in all; wide ones are a tenth of it. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(
            names = "--only",
            split = ",",
            defaultValue = "narrow,wide,many,indexed,start-up",
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
            description = "The folder for results.md and results.svg.")
    private Path output = Path.of("");

    @Option(names = "--launcher", required = true, hidden = true)
    private Path launcher = Path.of("");

    private final PrintStream err = System.err;
    private final Results results = new Results();

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
        for (String discipline : disciplines) {
            if (BULK.containsKey(discipline)) {
                bulk(BULK.get(discipline).apply(rows), shell);
            } else if (discipline.equals("start-up")) {
                StartUp.run(launcher, shell, rounds, results);
            } else {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "there is no discipline " + discipline);
            }
        }
        Files.createDirectories(output);
        Files.writeString(
                output.resolve("results.md"),
                new MarkdownTable(results, List.of("physical limit", Contenders.REFERENCE)).text());
        Files.writeString(output.resolve("results.svg"), Plot.of(results));
        System.out.println(output.resolve("results.md"));
        return 0;
    }

    private void bulk(Workload workload, Shell shell) throws Exception {
        String discipline = "bulk, " + workload.name() + ": " + workload.summary();
        List<Contender> contenders =
                Contenders.all(launcher).stream().filter(this::takesPart).toList();
        try (Arena arena = Arena.open(new PostgresVersion(version))) {
            Database source = arena.newSource("bench_old");
            err.println(discipline + ", " + workload.rows() + " rows a table");
            workload.fill(source);
            for (int round = 1; round <= rounds; round++) {
                for (Contender contender : contenders) {
                    Database target = arena.newTarget("bench_new");
                    Contender.Match match = new Contender.Match(workload, source, target, shell);
                    contender.prepare(match);
                    Measured run = contender.run(match);
                    workload.mustBeWholeIn(target);
                    results.add(discipline, contender.name(), run);
                    err.printf("  round %d  %8.2f s  %s%n", round, run.seconds(), contender.name());
                }
            }
        }
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
