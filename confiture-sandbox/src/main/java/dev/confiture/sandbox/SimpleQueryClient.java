package dev.confiture.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Sends a script as it is, in one message of the simple query protocol.
 *
 * <p>The JDBC driver cuts scripts into statements and looks for parameters in them; a test must be
 * sure that the server gets exactly the text written down. See the PostgreSQL manual, "Message
 * Formats".
 */
final class SimpleQueryClient implements AutoCloseable {

    private static final int PROTOCOL_VERSION = 3 << 16;

    private final Socket socket;
    private final DataInputStream input;
    private final DataOutputStream output;

    /** Connects as the superuser, whom every server of the sandbox trusts. */
    SimpleQueryClient(String host, int port, String database) throws IOException, SQLException {
        socket = new Socket(host, port);
        try {
            socket.setTcpNoDelay(true);
            input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            output = new DataOutputStream(socket.getOutputStream());
            sendStartup(database);
            List<List<@Nullable String>> nothing = readUntilReady();
            if (!nothing.isEmpty()) {
                throw new IOException("Rows before the first query");
            }
        } catch (IOException | SQLException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Runs a script; several statements are one transaction unless they say otherwise. */
    List<List<@Nullable String>> query(String sql) throws IOException, SQLException {
        send('Q', terminated(sql));
        return readUntilReady();
    }

    private void sendStartup(String database) throws IOException {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        List<String> pairs =
                List.of(
                        "user", "postgres",
                        "database", database,
                        "client_encoding", "UTF8",
                        "application_name", "confiture-sandbox",
                        // Stronger than what ALTER DATABASE says, which a test may make hostile.
                        "statement_timeout", "0",
                        "lock_timeout", "0",
                        "default_transaction_read_only", "off");
        for (String text : pairs) {
            parameters.write(terminated(text));
        }
        parameters.write(0);
        output.writeInt(parameters.size() + 8);
        output.writeInt(PROTOCOL_VERSION);
        output.write(parameters.toByteArray());
        output.flush();
    }

    private void send(char type, byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream(body.length + 5);
        DataOutputStream fields = new DataOutputStream(message);
        fields.writeByte(type);
        fields.writeInt(body.length + 4);
        fields.write(body);
        output.write(message.toByteArray());
        output.flush();
    }

    /** The rows of the last statement that gave any; the first error, once the server is done. */
    private List<List<@Nullable String>> readUntilReady() throws IOException, SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        SQLException failure = null;
        while (true) {
            int type = input.readUnsignedByte();
            byte[] body = new byte[input.readInt() - 4];
            input.readFully(body);
            switch (type) {
                case 'T' -> rows = new ArrayList<>();
                case 'D' -> rows.add(row(body));
                case 'G' -> send('f', terminated("use copyIn() for COPY FROM STDIN"));
                case 'R' -> requireAccepted(body);
                case 'E' -> {
                    SQLException error = error(body);
                    if (error.getSQLState() == null || isLastMessage(error)) {
                        throw error;
                    }
                    failure = failure == null ? error : failure;
                }
                case 'Z' -> {
                    if (failure != null) {
                        throw failure;
                    }
                    return Collections.unmodifiableList(rows);
                }
                default -> {
                    // Notices, tags of completed statements and the like: of no interest here.
                }
            }
        }
    }

    /** After a fatal error the server hangs up without getting ready again. */
    private static boolean isLastMessage(SQLException error) {
        return error instanceof PSQLException known
                && known.getServerErrorMessage() != null
                && !"ERROR".equals(known.getServerErrorMessage().getSeverity());
    }

    private static SQLException error(byte[] body) {
        return new PSQLException(new ServerErrorMessage(new String(body, StandardCharsets.UTF_8)));
    }

    private static void requireAccepted(byte[] body) throws IOException {
        if (body[0] != 0 || body[1] != 0 || body[2] != 0 || body[3] != 0) {
            throw new IOException("The server does not trust the superuser postgres");
        }
    }

    private static List<@Nullable String> row(byte[] body) throws IOException {
        DataInputStream fields = new DataInputStream(new java.io.ByteArrayInputStream(body));
        int count = fields.readUnsignedShort();
        List<@Nullable String> row = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = fields.readInt();
            if (length < 0) {
                row.add(null);
                continue;
            }
            byte[] value = fields.readNBytes(length);
            if (value.length != length) {
                throw new EOFException("A row ends inside a value");
            }
            row.add(new String(value, StandardCharsets.UTF_8));
        }
        return Collections.unmodifiableList(row);
    }

    private static byte[] terminated(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] result = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, result, 0, bytes.length);
        return result;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
