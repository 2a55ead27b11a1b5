package dev.confiture.environment;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads libpq's URI form of a connection string. No message quotes any part that could be, or could
 * by a mistake have become, a piece of a password; messages name the part instead.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">
 *     Connection URIs</a>
 */
final class DsnParser {
    static final String FORM = "postgresql://USER@HOST:PORT/DATABASE";
    static final String ENCODING_HINT =
            "In a user name or password write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23"
                    + " and % as %25.";

    private static final int DEFAULT_PORT = 5432;
    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?://.*", Pattern.DOTALL);
    private static final Pattern ANY_SCHEME =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.:-]*:/.*", Pattern.DOTALL);
    private static final Pattern KEYWORD_FORM =
            Pattern.compile("\\s*[a-z_]+\\s*=.*", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final List<String> TLS = List.of("sslmode", "sslrootcert", "sslcert", "sslkey");
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final List<String> IGNORED = List.of("connect_timeout", "application_name");
    private static final List<String> PARTS = List.of("user", "password", "host", "port", "dbname");
    private static final List<String> PARAMETERS = parameters();

    private final Map<String, String> variables;
    private final String where;
    private final ErrorCode code;

    /**
     * A parser for one place.
     *
     * @param variables the process's environment, for {@code PGUSER} and {@code PGPASSWORD}
     * @param where what the DSN is, for messages, such as {@code local.yaml:3: database_url}
     * @param code of what is wrong with a DSN that stands there
     */
    DsnParser(Map<String, String> variables, String where, ErrorCode code) {
        this.variables = variables;
        this.where = where;
        this.code = code;
    }

    /** Whether the text is meant to be a connection string, right or wrong. */
    static boolean looksLikeDsn(String text) {
        return ANY_SCHEME.matcher(text).matches() || KEYWORD_FORM.matcher(text).matches();
    }

    DatabaseAddress parse(String dsn) {
        refuseOtherForms(dsn);
        String rest = dsn.substring(dsn.indexOf("://") + 3);
        int authorityEnd = end(rest, "/?");
        String authority = rest.substring(0, authorityEnd);
        String path = rest.substring(authorityEnd);
        int at = authority.indexOf('@');
        if (authority.indexOf('@', at + 1) >= 0 || path.contains("@")) {
            throw failure("has an @ that does not separate the user from the host", ENCODING_HINT);
        }
        Map<String, String> parts = new TreeMap<>();
        readUser(at < 0 ? "" : authority.substring(0, at), parts);
        readHost(authority.substring(at + 1), parts);
        int query = end(path, "?");
        put(parts, "dbname", path.substring(Math.min(1, query), query));
        readQuery(path.substring(Math.min(path.length(), query + 1)), parts);
        return address(parts);
    }

    private void refuseOtherForms(String dsn) {
        if (SCHEME.matcher(dsn).matches()) {
            return;
        }
        if (KEYWORD_FORM.matcher(dsn).matches()) {
            throw failure("is in the keyword form (host=… dbname=…)", "Write it as " + FORM + ".");
        }
        if (dsn.startsWith("jdbc:")) {
            throw failure("is a JDBC URL", "Write it as " + FORM + ".");
        }
        throw failure("does not begin with postgresql://", "Write it as " + FORM + ".");
    }

    private void readUser(String userInfo, Map<String, String> parts) {
        int colon = end(userInfo, ":");
        put(parts, "user", userInfo.substring(0, colon));
        put(parts, "password", userInfo.substring(Math.min(userInfo.length(), colon + 1)));
    }

    private void readHost(String hostAndPort, Map<String, String> parts) {
        if (hostAndPort.contains(",")) {
            throw severalHosts();
        }
        int hostEnd = end(hostAndPort, ":");
        String host = hostAndPort.substring(0, hostEnd);
        if (hostAndPort.startsWith("[")) {
            int bracket = hostAndPort.indexOf(']');
            if (bracket < 0) {
                throw failure("has an IPv6 address without its closing bracket", null);
            }
            host = hostAndPort.substring(1, bracket);
            hostEnd = bracket + 1;
        }
        String port = hostAndPort.substring(hostEnd);
        if (!port.isEmpty() && !port.startsWith(":")) {
            throw failure("has something other than a port after the IPv6 address", null);
        }
        put(parts, "host", host);
        put(parts, "port", port.isEmpty() ? "" : port.substring(1));
    }

    private void readQuery(String query, Map<String, String> parts) {
        if (query.isEmpty()) {
            return;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0 || parameter.indexOf('=', equals + 1) >= 0) {
                throw failure(
                        "has a query parameter that is not of the form name=value", ENCODING_HINT);
            }
            String name = decode("name of a query parameter", parameter.substring(0, equals));
            if (!PARAMETERS.contains(name)) {
                throw unknownParameter(name, parts);
            }
            put(parts, name, parameter.substring(equals + 1));
        }
    }

    private ConfitureException unknownParameter(String name, Map<String, String> parts) {
        // What follows a password may be a piece of it that holds an unencoded "&".
        String shown = parts.containsKey("password") ? "" : " \"" + name + "\"";
        String suggestion = shown.isEmpty() ? "" : NearestName.question(name, PARAMETERS);
        return failure(
                "has an unknown parameter" + shown + suggestion,
                "Known parameters: " + String.join(", ", PARAMETERS) + ".");
    }

    /** An empty part counts as not given, and so leaves an earlier one standing, as in libpq. */
    private void put(Map<String, String> parts, String name, String encoded) {
        if (!encoded.isEmpty()) {
            parts.put(name, decode(name, encoded));
        }
    }

    private String decode(String part, String encoded) {
        try {
            return PercentCode.decode(encoded);
        } catch (PercentCode.Malformed malformed) {
            throw failure(": the " + part + " " + malformed.getMessage(), ENCODING_HINT);
        }
    }

    private DatabaseAddress address(Map<String, String> parts) {
        String user = parts.getOrDefault("user", variables.getOrDefault("PGUSER", ""));
        if (user.isEmpty()) {
            throw failure("names no user", "Write it as " + FORM + ", or set PGUSER.");
        }
        String password = parts.getOrDefault("password", variables.getOrDefault("PGPASSWORD", ""));
        return new DatabaseAddress(
                host(parts),
                port(parts.get("port")),
                parts.getOrDefault("dbname", user),
                user,
                password.isEmpty() ? null : new Secret(password),
                tls(parts));
    }

    private String host(Map<String, String> parts) {
        String host = parts.getOrDefault("host", "");
        if (host.isEmpty()) {
            throw failure("names no host", "Write it as " + FORM + "; the host may be localhost.");
        }
        if (host.startsWith("/") || host.startsWith("@")) {
            throw failure(
                    "names the folder of a Unix socket as its host, which is not supported",
                    "Name a host that the server listens on, such as localhost.");
        }
        if (host.contains(",")) {
            throw severalHosts();
        }
        return host;
    }

    private int port(@Nullable String port) {
        if (port == null) {
            return DEFAULT_PORT;
        }
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65_535) {
            throw failure(
                    "has a port that is not a number from 1 to 65535",
                    "Write a port from 1 to 65535, as in "
                            + FORM
                            + ", or leave :PORT out for "
                            + DEFAULT_PORT
                            + ".");
        }
        return number;
    }

    private SortedMap<String, String> tls(Map<String, String> parts) {
        SortedMap<String, String> tls = new TreeMap<>(parts);
        tls.keySet().retainAll(TLS);
        if (!SSL_MODES.contains(tls.getOrDefault("sslmode", "prefer"))) {
            throw failure("has an unknown sslmode", "One of " + String.join(", ", SSL_MODES) + ".");
        }
        return tls;
    }

    private ConfitureException severalHosts() {
        return failure(
                "names several hosts, which is not supported", "Name the primary server only.");
    }

    private ConfitureException failure(String problem, @Nullable String hint) {
        String separator = problem.startsWith(":") ? "" : " ";
        return new ConfitureException(code, where + separator + problem, hint);
    }

    /** Where the first of these characters stands, or the text's end. */
    private static int end(String text, String characters) {
        int end = 0;
        while (end < text.length() && characters.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static List<String> parameters() {
        List<String> all = new ArrayList<>(PARTS);
        all.addAll(TLS);
        all.addAll(IGNORED);
        return List.copyOf(all);
    }
}
