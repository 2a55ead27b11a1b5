package dev.confiture.cli.demo;

import dev.confiture.cli.render.Figures;
import dev.confiture.cli.render.Palette;
import dev.confiture.progress.StopSignal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The story of a migration, told with the commands that a user would type. */
public final class Demo implements AutoCloseable {
    /**
     * What the user may choose.
     *
     * @param rows rows in the old database
     * @param keep whether the servers and the project folder stay until the user is done
     */
    public record Options(long rows, int sourceVersion, int targetVersion, boolean keep) {}

    /** Runs a command line as if it were typed in a folder, and says its exit code. */
    @FunctionalInterface
    public interface Shell {
        int run(Path folder, Map<String, String> variables, List<String> arguments);
    }

    /**
     * Where the story is told.
     *
     * @param stream where to print
     */
    public record Stage(PrintStream stream, Palette palette) {}

    private final Options options;
    private final Shell shell;
    private final Stage stage;
    private final StopSignal stop;
    private final List<DemoReport.Step> steps = new ArrayList<>();
    private @Nullable Servers servers;
    private @Nullable Project project;

    public Demo(Options options, Shell shell, Stage stage, StopSignal stop) {
        this.options = options;
        this.shell = shell;
        this.stage = stage;
        this.stop = stop;
    }

    /** Tells the story; ends at the first command that fails, with its exit code. */
    public int play() {
        announce();
        return inOrder(
                this::startServers,
                () -> type("make the old tables", "build --env old"),
                () -> type("make the new tables", "build --env new"),
                this::fill,
                () -> type("prepare", "s2s setup --source old --target new --static"),
                () -> type("check", "s2s analyze --target new --mapping mapping.yaml"),
                () -> type("copy all rows", "s2s migrate --target new --mapping mapping.yaml"),
                () -> type("compare both sides", "s2s verify --target new"),
                () -> type("say where it stands", "s2s status --target new"),
                () -> type("remove all traces", "s2s cleanup --target new"),
                this::stopServers);
    }

    public DemoReport report() {
        Project kept = options.keep() ? project : null;
        return new DemoReport(
                options.sourceVersion(),
                options.targetVersion(),
                options.rows(),
                List.copyOf(steps),
                servers == null,
                kept == null ? null : kept.folder().toString());
    }

    /** With {@code --keep}: returns when the user asks to stop. */
    public void waitIfKept() {
        if (!options.keep()) {
            return;
        }
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the servers and removes the folder, however far the story came. */
    @Override
    public void close() {
        try {
            if (servers != null) {
                servers.close();
                servers = null;
            }
        } finally {
            if (project != null && !options.keep()) {
                project.delete();
                project = null;
            }
        }
    }

    private void announce() {
        String servers = options.sourceVersion() + " and " + options.targetVersion();
        say(
                "This starts PostgreSQL "
                        + servers
                        + " on this machine, migrates a shop of "
                        + Figures.count(options.rows(), "row")
                        + " from an old schema to a new one, and removes everything again.");
    }

    private int inOrder(IntSupplier... parts) {
        for (IntSupplier part : parts) {
            stop.check();
            int exitCode = part.getAsInt();
            if (exitCode != 0) {
                return exitCode;
            }
        }
        return 0;
    }

    private int startServers() {
        return measure(
                "start servers",
                "two empty servers that ask for passwords",
                () -> {
                    Servers started =
                            Servers.start(options.sourceVersion(), options.targetVersion());
                    servers = started;
                    project = Project.create(started.sourceUrl(), started.targetUrl());
                    if (options.keep()) {
                        project.writePasswords(started.passwords());
                    }
                    return 0;
                });
    }

    private int fill() {
        String what = Figures.count(options.rows(), "row") + " in two related tables";
        say("\n" + stage.palette().strong("# fill the old shop: " + what));
        return measure(
                "fill",
                what,
                () -> {
                    present(servers).fill(options.rows());
                    return 0;
                });
    }

    private int type(String what, String command) {
        say("\n" + stage.palette().strong("$ confiture " + command));
        List<String> arguments = List.of(command.split(" "));
        Path folder = present(project).folder();
        return measure(
                arguments.get(arguments.getFirst().equals("s2s") ? 1 : 0),
                what,
                () -> shell.run(folder, present(servers).passwords(), arguments));
    }

    private int stopServers() {
        return options.keep()
                ? 0
                : measure(
                        "stop servers",
                        "both, with their data",
                        () -> {
                            close();
                            return 0;
                        });
    }

    private int measure(String name, String what, IntSupplier work) {
        long begin = System.nanoTime();
        int exitCode = work.getAsInt();
        steps.add(new DemoReport.Step(name, what, (System.nanoTime() - begin) / 1e9));
        return exitCode;
    }

    private void say(String line) {
        stage.stream().println(line);
        stage.stream().flush();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The servers have not been started");
        }
        return value;
    }
}
