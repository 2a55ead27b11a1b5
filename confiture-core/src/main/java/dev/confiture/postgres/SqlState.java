package dev.confiture.postgres;

/**
 * The SQLSTATEs that the code tells apart.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error
 *     codes</a>
 */
public final class SqlState {
    public static final String ACTIVE_SQL_TRANSACTION = "25001";
    public static final String DEADLOCK_DETECTED = "40P01";
    public static final String DEPENDENT_OBJECTS_STILL_EXIST = "2BP01";
    public static final String FOREIGN_KEY_VIOLATION = "23503";
    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String INVALID_CATALOG_NAME = "3D000";
    public static final String INVALID_PARAMETER_VALUE = "22023";
    public static final String INVALID_PASSWORD = "28P01";
    public static final String INVALID_AUTHORIZATION = "28000";
    public static final String LOCK_NOT_AVAILABLE = "55P03";
    public static final String READ_ONLY_SQL_TRANSACTION = "25006";
    public static final String SERIALIZATION_FAILURE = "40001";
    public static final String SYNTAX_ERROR = "42601";
    public static final String OBJECT_IN_USE = "55006";
    public static final String QUERY_CANCELED = "57014";
    public static final String UNSAFE_NEW_ENUM_VALUE_USAGE = "55P04";
    public static final String DUPLICATE_COLUMN = "42701";
    public static final String GROUPING_ERROR = "42803";
    public static final String WINDOWING_ERROR = "42P20";
    public static final String UNDEFINED_COLUMN = "42703";
    public static final String UNDEFINED_FILE = "58P01";
    public static final String UNDEFINED_OBJECT = "42704";
    public static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
    public static final String UNDEFINED_TABLE = "42P01";
    public static final String FEATURE_NOT_SUPPORTED = "0A000";

    // Of a class: the first two characters.
    public static final String CLASS_CONNECTION_EXCEPTION = "08";

    static final String CLASS_INTERNAL_ERROR = "XX";

    private SqlState() {}
}
