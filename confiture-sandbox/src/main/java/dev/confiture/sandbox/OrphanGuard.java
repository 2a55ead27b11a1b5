package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Ends a server whose JVM was killed, when no shutdown hook could run.
 *
 * <p>A small shell waits for the end of its input, which comes when this JVM closes the pipe or
 * dies in whatever way. If the server's folder is still there by then, nobody else will care for
 * it.
 */
final class OrphanGuard implements AutoCloseable {

    private static final String SCRIPT =
            """
            trap '' INT HUP TERM
            cat >/dev/null
            [ -d "$1" ] || exit 0
            pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
            folder=$1
            is_ours() { ps -o args= -p "$pid" 2>/dev/null | grep -qF "$folder/data"; }
            if [ -n "$pid" ] && is_ours; then
                kill -QUIT "$pid"
                tries=0
                while is_ours; do
                    tries=$((tries + 1))
                    [ "$tries" -gt 50 ] && kill -KILL "$pid"
                    sleep 0.1
                done
            fi
            rm -rf "$1"
            """;

    private final Process shell;

    private OrphanGuard(Process shell) {
        this.shell = shell;
    }

    static OrphanGuard over(Path serverFolder) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", SCRIPT, "sh", serverFolder.toString());
        builder.directory(Path.of("/").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return new OrphanGuard(builder.start());
    }

    /** To be called when the folder is deleted; the shell then finds nothing to do. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw SandboxException.interrupted("ending the guard of a server", e);
        }
    }
}
