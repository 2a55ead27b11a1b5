package dev.confiture.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the sandbox in it: for what happens between processes, and when one dies. */
final class ChildJvm {

    private ChildJvm() {}

    /**
     * Starts a server, tells its data directory, and waits for the end of the input. With the name
     * of a cache folder it uses that one.
     */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            PostgresServer server = PostgresServer.shared(PostgresVersion.NEWEST);
            System.out.println(server.dataDirectory());
            while (System.in.read() >= 0) {
                // Only the end of the input is of interest.
            }
        }
    }

    static Process start(Path cache) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx64m");
        command.add("-D" + PostgresBinaries.CACHE_PROPERTY + "=" + cache);
        String jars = System.getProperty(PostgresBinaries.JARS_PROPERTY);
        if (jars != null) {
            command.add("-D" + PostgresBinaries.JARS_PROPERTY + "=" + jars);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    static Path dataDirectory(Process child) throws IOException {
        BufferedReader reader = child.inputReader();
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("The child JVM ended before its server was up");
        }
        return Path.of(line);
    }
}
