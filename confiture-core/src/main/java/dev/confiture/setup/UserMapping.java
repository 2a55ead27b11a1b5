package dev.confiture.setup;

import dev.confiture.catalog.Identifier;
import dev.confiture.environment.Secret;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As whom the target server logs in to the source. It is made anew by every setup, because the
 * password may have changed and cannot be read back by everybody. Its server is ours, so its
 * mappings are too, whoever made them.
 */
final class UserMapping implements FootprintObject {
    private static List<@Nullable String> roles(Session target) {
        return target.query(
                SqlText.named("setup/list_user_mappings"),
                row -> row.textOrNull(1),
                ForeignServer.NAME);
    }

    @Override
    public boolean exists(Session target) {
        return new ForeignServer().exists(target) && !roles(target).isEmpty();
    }

    @Override
    public List<Step> create(Session target, SourceLink source) {
        String role = target.queryOne("SELECT current_user::text", row -> row.text(1));
        boolean present = roles(target).contains(role);
        if (present) {
            dropFor(target, role);
        }
        keepOutOfLog(target);
        setForTransaction(target, "confiture.fdw_user", source.address().user());
        setForTransaction(
                target, "confiture.fdw_password", source.password().map(Secret::reveal).orElse(""));
        target.execute(SqlText.named("setup/create_user_mapping"));
        // The session lives on; the password does not.
        setForTransaction(target, "confiture.fdw_password", "");
        String display = display(role) + " as " + source.address().user();
        return List.of(present ? Step.kept(display) : Step.made(display));
    }

    private static void keepOutOfLog(Session target) {
        List<Map.Entry<String, String>> settings =
                target.query(
                        SqlText.named("setup/silence_log"),
                        row -> Map.entry(row.text(1), row.text(2)));
        for (Map.Entry<String, String> setting : settings) {
            // Where the role may not set it, PasswordLogging has warned if that matters.
            target.inSavepoint(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    () -> setForTransaction(target, setting.getKey(), setting.getValue()));
        }
    }

    private static String setForTransaction(Session target, String name, String value) {
        return target.queryOne("SELECT set_config(?, ?, true)", row -> row.text(1), name, value);
    }

    @Override
    public List<Step> drop(Session target) {
        if (!new ForeignServer().exists(target)) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        for (String role : roles(target)) {
            dropFor(target, role);
            steps.add(Step.removed(display(role)));
        }
        return steps;
    }

    private static void dropFor(Session target, @Nullable String role) {
        target.execute(
                "DROP USER MAPPING FOR "
                        + (role == null ? "PUBLIC" : Identifier.quote(role))
                        + " SERVER "
                        + Identifier.quote(ForeignServer.NAME));
    }

    private static String display(@Nullable String role) {
        return "user mapping for " + (role == null ? "PUBLIC" : role);
    }
}
