package dev.confiture.setup;

import dev.confiture.error.Finding;
import java.util.List;

/**
 * What {@code setup} made.
 *
 * @param mode {@code static} or {@code live}
 * @param source where it is, without a password; {@code target} likewise
 * @param sourceVersion such as {@code 18.6}
 * @param sourceTls how the connection is protected: {@code TLSv1.3}, or {@code none}
 * @param foreignTables how many foreign tables were made in {@code old_schema}
 * @param made the objects, in the order in which they were made, for people
 * @param kept objects that were there already and fit
 */
public record SetupReport(
        String mode,
        String source,
        String sourceVersion,
        String sourceTls,
        String target,
        String targetVersion,
        String targetTls,
        int foreignTables,
        List<String> made,
        List<String> kept,
        List<Finding> findings) {}
