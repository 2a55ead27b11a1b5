package dev.confiture.cutover;

import dev.confiture.catalog.Literal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a writer is told at the fence.
 *
 * @param migration what the migration is called
 * @param newHome where the data lives from now on, without a password
 * @param pass what lets a session of ours through
 * @param settling the command that ends an interrupted move without beginning another
 */
public record FenceNotice(String migration, String newHome, String pass, String settling) {
    /**
     * The trigger function, as it refuses. It runs as its owner, so that every writer may move the
     * counter, and names everything in full, so that no writer's search_path takes part. Only a
     * digest of the pass stands in it, since everybody may read a function's text.
     *
     * <p>The counter is a sequence because that alone survives the rollback of the statement that
     * is refused. The SQLSTATE is read_only_sql_transaction, which drivers and pools know as "this
     * server takes no writes, go to the other one".
     */
    String function() {
        String body =
                """
                BEGIN
                    IF encode(sha256(convert_to(coalesce(
                            current_setting('confiture.pass', true), ''), 'UTF8')), 'hex')
                            = %s THEN
                        IF TG_LEVEL = 'STATEMENT' THEN
                            RETURN NULL;
                        ELSIF TG_OP = 'DELETE' THEN
                            RETURN OLD;
                        END IF;
                        RETURN NEW;
                    END IF;
                    PERFORM nextval('confiture.knock');
                    PERFORM setval('confiture.last_knock',
                                   extract(epoch FROM clock_timestamp())::bigint);
                    RAISE LOG 'confiture: stopped %% of %%.%% by user %%, application %%',
                        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME, session_user,
                        current_setting('application_name');
                    RAISE EXCEPTION USING
                        ERRCODE = 'read_only_sql_transaction',
                        MESSAGE = format('%%I.%%I takes no more writes: ',
                                         TG_TABLE_SCHEMA, TG_TABLE_NAME) || %s,
                        DETAIL = %s,
                        HINT = %s;
                END
                """
                        .formatted(
                                Literal.quote(digest()),
                                Literal.quote("its database has moved to " + newHome),
                                Literal.quote(
                                        "Confiture moved it, in the migration " + migration + "."),
                                Literal.quote(
                                        "Connect there instead. If writes are refused there too,"
                                                + " the move was interrupted, and `"
                                                + settling
                                                + "` ends it."));
        return "CREATE OR REPLACE FUNCTION confiture.deny_write() RETURNS trigger LANGUAGE plpgsql"
                + " SECURITY DEFINER SET search_path = '' AS "
                + Literal.quote(body)
                + "; COMMENT ON FUNCTION confiture.deny_write() IS 'closed'";
    }

    private String digest() {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(pass.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException("every JDK has SHA-256", cause);
        }
    }

    @Override
    public String toString() {
        return migration + " → " + newHome;
    }
}
