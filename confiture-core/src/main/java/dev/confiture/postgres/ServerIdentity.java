package dev.confiture.postgres;

/**
 * Which database a session is in, whatever names and addresses lead to it.
 *
 * @param system the cluster's system identifier, made by initdb
 * @param database the database's object identifier in it
 */
public record ServerIdentity(String system, String database) {
    public static ServerIdentity of(Session session) {
        return session.queryOne(
                "SELECT s.system_identifier::text, d.oid::text"
                        + " FROM pg_control_system() s, pg_database d"
                        + " WHERE d.datname = current_database()",
                row -> new ServerIdentity(row.text(1), row.text(2)));
    }
}
