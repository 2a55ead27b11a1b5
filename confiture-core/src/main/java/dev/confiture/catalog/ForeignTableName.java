package dev.confiture.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Under which name a source table stands in the target's schema {@code old_schema}.
 *
 * <p>All source schemas share that one schema: a table of {@code public} keeps its name, any other
 * is {@code schema.table}. Where this would be ambiguous (a dot inside a name) or longer than the
 * 63 bytes that PostgreSQL keeps of a name, the name is shortened and a hash of the full name ends
 * it, so that two tables never share a name and the result depends on the table alone.
 */
public final class ForeignTableName {
    /** The schema on the target that holds the foreign tables. */
    public static final String SCHEMA = "old_schema";

    private static final int LONGEST_BYTES = 63;
    private static final int HASH_DIGITS = 12;
    private static final Pattern LOOKS_HASHED = Pattern.compile(".*~[0-9a-f]{" + HASH_DIGITS + "}");

    private ForeignTableName() {}

    /** The foreign table that stands for this source table. */
    public static TableName of(TableName source) {
        String plain = source.display();
        boolean clear =
                !source.name().contains(".")
                        && !source.schema().contains(".")
                        && !LOOKS_HASHED.matcher(plain).matches()
                        && plain.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        return new TableName(SCHEMA, clear ? plain : hashed(source, plain));
    }

    private static String hashed(TableName source, String plain) {
        return start(plain, LONGEST_BYTES - HASH_DIGITS - 1) + "~" + hash(source);
    }

    /** As many whole characters from the start as fit the bytes. */
    private static String start(String text, int bytes) {
        StringBuilder start = new StringBuilder();
        int used = 0;
        for (int character : text.codePoints().toArray()) {
            String next = Character.toString(character);
            used += next.getBytes(StandardCharsets.UTF_8).length;
            if (used > bytes) {
                break;
            }
            start.append(next);
        }
        return start.toString();
    }

    /** Twelve digits that no other table of the source has. */
    public static String hash(TableName source) {
        // No name holds a NUL, so that the two parts cannot run into each other.
        String whole = source.schema() + '\0' + source.name();
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException("every JDK has SHA-256", cause);
        }
    }
}
