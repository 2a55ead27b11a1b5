package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server owns between its starts: folder, port and programs. */
final class ServerHome {

    private final PostgresBinaries binaries;
    private final UnprivilegedLaunch launch;
    private final Path folder;
    private final PortReservation reservation;
    private final OrphanGuard guard;
    private final @Nullable SelfSignedCertificate certificate;

    private ServerHome(
            PostgresBinaries binaries,
            UnprivilegedLaunch launch,
            Path folder,
            PortReservation reservation,
            OrphanGuard guard,
            @Nullable SelfSignedCertificate certificate) {
        this.binaries = binaries;
        this.launch = launch;
        this.folder = folder;
        this.reservation = reservation;
        this.guard = guard;
        this.certificate = certificate;
    }

    static ServerHome create(PostgresVersion version, ServerConfiguration configuration) {
        PostgresBinaries binaries = PostgresBinaries.of(version);
        try {
            Path folder = SandboxFolders.temporary();
            OrphanGuard guard = OrphanGuard.over(folder);
            try {
                UnprivilegedLaunch launch = UnprivilegedLaunch.forOwnerOf(folder);
                SelfSignedCertificate certificate =
                        configuration.encryption() == Encryption.NONE
                                ? null
                                : SelfSignedCertificate.create(folder, launch);
                initialize(binaries, launch, folder);
                PortReservation reservation = PortReservation.take(SandboxFolders.cache());
                configuration.write(folder.resolve("data"), reservation.port(), certificate);
                return new ServerHome(binaries, launch, folder, reservation, guard, certificate);
            } catch (IOException | InterruptedException | RuntimeException e) {
                SandboxFolders.delete(folder);
                guard.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot make the data directory of a server", e);
        } catch (InterruptedException e) {
            throw SandboxException.interrupted("making the data directory of a server", e);
        }
    }

    /**
     * The home of a standby of this server, which must not be running: its data is copied as it
     * lies.
     */
    ServerHome standby() {
        try {
            Path other = SandboxFolders.temporary();
            OrphanGuard otherGuard = OrphanGuard.over(other);
            try {
                Path data = other.resolve("data");
                SandboxFolders.copy(dataDirectory(), data);
                PortReservation otherPort = PortReservation.take(SandboxFolders.cache());
                ServerConfiguration.writeStandby(data, otherPort.port(), port());
                return new ServerHome(
                        binaries,
                        UnprivilegedLaunch.forOwnerOf(other),
                        other,
                        otherPort,
                        otherGuard,
                        certificate);
            } catch (IOException | RuntimeException e) {
                SandboxFolders.delete(other);
                otherGuard.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot copy the data directory of a server", e);
        }
    }

    /**
     * A copy of a ready-made directory would be faster, but all copies had one system identifier.
     */
    private static void initialize(
            PostgresBinaries binaries, UnprivilegedLaunch launch, Path folder)
            throws IOException, InterruptedException {
        boolean isLinux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        launch.run(
                binaries.program("initdb"),
                List.of(
                        "--pgdata=" + folder.resolve("data"),
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=" + (isLinux ? "C.UTF-8" : "C"),
                        "--no-sync"),
                folder.resolve("initdb.log"));
    }

    int port() {
        return reservation.port();
    }

    Path dataDirectory() {
        return folder.resolve("data");
    }

    Path logFile() {
        return folder.resolve("server.log");
    }

    /** What the last control command said. */
    Path controlOutputFile() {
        return folder.resolve("control.log");
    }

    Optional<Path> certificateFile() {
        return Optional.ofNullable(certificate).map(SelfSignedCertificate::certificateFile);
    }

    /** Starts the server and waits until it accepts connections. */
    ServerProcess startProcess() {
        try {
            ServerProcess process =
                    ServerProcess.start(launch, binaries, dataDirectory(), logFile());
            if (!process.awaitReady()) {
                throw new SandboxException(
                        "The server ended while it started; its log:\n"
                                + Files.readString(logFile()));
            }
            return process;
        } catch (IOException e) {
            throw new SandboxException("Cannot start the server", e);
        } catch (InterruptedException e) {
            throw SandboxException.interrupted("starting the server", e);
        }
    }

    void delete() {
        try {
            SharedMemoryLeftover.remove(dataDirectory());
            SandboxFolders.delete(folder);
            reservation.close();
            guard.close();
        } catch (IOException e) {
            throw new SandboxException("Cannot delete the folder of the server: " + folder, e);
        }
    }
}
