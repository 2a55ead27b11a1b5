package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an echo server, where each byte and each way of ending can be seen. */
@Timeout(60)
class TcpProxyIT {

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0);
        Thread.ofVirtual().start(this::answerAll);
        proxy = TcpProxy.to("localhost", echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void bytesPassInBothDirections() throws Exception {
        try (Socket client = connect()) {
            assertThat(echoOf(client, 'a')).isEqualTo('a');
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(proxy.acceptedConnections()).isEqualTo(1);
        assertThat(proxy.forwardedBytes()).isEqualTo(2);
        await().until(() -> proxy.openConnections() == 0);
    }

    @Test
    void aCutResetsOldConnectionsAndWelcomesNewOnes() throws Exception {
        try (Socket old = connect()) {
            assertThat(echoOf(old, 'a')).isEqualTo('a');
            proxy.cut();
            assertThatThrownBy(() -> old.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        try (Socket fresh = connect()) {
            assertThat(echoOf(fresh, 'b')).isEqualTo('b');
        }
    }

    @Test
    void aCutReachesWhoIsAlreadyWaiting() throws Exception {
        try (Socket client = connect()) {
            assertThat(echoOf(client, 'a')).isEqualTo('a');
            CompletableFuture<Integer> reading =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return client.getInputStream().read();
                                } catch (IOException e) {
                                    return -2;
                                }
                            });
            proxy.stall();
            proxy.cut();
            assertThat(reading.get()).isEqualTo(-2);
            await().until(() -> proxy.openConnections() == 0);
        }
    }

    @Test
    void cutsInTheMiddleOfAStream() throws Exception {
        proxy.cutAfter(1_000);
        try (Socket client = connect()) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 1_000; i++) {
                                    echoOf(client, 'a');
                                }
                            })
                    .isInstanceOf(IOException.class);
            assertThat(proxy.forwardedBytes()).isEqualTo(1_000);
        }
        try (Socket fresh = connect()) {
            assertThat(echoOf(fresh, 'b')).isEqualTo('b');
        }
    }

    @Test
    void aStallHoldsBytesBackUntilResumed() throws Exception {
        try (Socket client = connect()) {
            assertThat(echoOf(client, 'a')).isEqualTo('a');
            proxy.stall();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> echoOf(client, 'b'))
                    .isInstanceOf(SocketTimeoutException.class);
            proxy.resume();
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void refusesOnlyNewConnections() throws Exception {
        try (Socket old = connect()) {
            assertThat(echoOf(old, 'a')).isEqualTo('a');
            proxy.refuse();
            assertThatThrownBy(() -> connect().close()).isInstanceOf(ConnectException.class);
            assertThat(echoOf(old, 'b')).isEqualTo('b');
            proxy.accept();
            try (Socket fresh = connect()) {
                assertThat(echoOf(fresh, 'c')).isEqualTo('c');
            }
        }
    }

    @Test
    void aDatabaseIsReachedThroughTheProxy() throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresVersion.OLDEST);
        try (TestDatabase database = server.createDatabase();
                TcpProxy toServer = TcpProxy.inFrontOf(server)) {
            String url = "jdbc:" + toServer.dsn(database).replace("postgres@", "");
            try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
                assertThat(connection.isValid(5)).isTrue();
                toServer.cut();
                assertThat(connection.isValid(5)).isFalse();
            }
            toServer.refuse();
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "").close())
                    .isInstanceOf(SQLException.class);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(proxy.host(), proxy.port());
    }

    private static int echoOf(Socket client, int letter) throws IOException {
        client.getOutputStream().write(letter);
        return client.getInputStream().read();
    }

    private void answerAll() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // Cut off by the proxy, as some tests want it.
        }
    }
}
