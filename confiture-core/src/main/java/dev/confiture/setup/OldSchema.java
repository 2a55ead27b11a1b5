package dev.confiture.setup;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Optional;

/** The schema {@code old_schema}, in which the source's tables are seen from the target. */
final class OldSchema implements FootprintObject {
    private static final String DISPLAY = "schema " + ForeignTableName.SCHEMA;
    private static final String QUOTED = Identifier.quote(ForeignTableName.SCHEMA);

    private static Optional<String> comment(Session target) {
        return target.queryOptional(
                SqlText.named("setup/find_schema"), row -> row.text(1), ForeignTableName.SCHEMA);
    }

    /** Whether somebody else's schema has our name. */
    static boolean isTaken(Session target) {
        return comment(target).filter(comment -> !comment.equals(Mark.TEXT)).isPresent();
    }

    @Override
    public boolean exists(Session target) {
        return comment(target).filter(Mark.TEXT::equals).isPresent();
    }

    @Override
    public List<Step> create(Session target, SourceLink source) {
        if (exists(target)) {
            return List.of(Step.kept(DISPLAY));
        }
        target.execute("CREATE SCHEMA " + QUOTED);
        target.execute("COMMENT ON SCHEMA " + QUOTED + " IS " + Literal.quote(Mark.TEXT));
        return List.of(Step.made(DISPLAY));
    }

    @Override
    public List<Step> drop(Session target) {
        if (!exists(target)) {
            return List.of();
        }
        Dependents.drop(target, "DROP SCHEMA " + QUOTED + " RESTRICT", DISPLAY);
        return List.of(Step.removed(DISPLAY));
    }
}
