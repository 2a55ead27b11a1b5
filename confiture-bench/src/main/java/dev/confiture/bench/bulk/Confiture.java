package dev.confiture.bench.bulk;

import dev.confiture.bench.ConfitureProject;
import dev.confiture.bench.Measured;
import java.nio.file.Path;
import java.sql.SQLException;

/** {@code s2s migrate} with a mapping of all tables, after {@code s2s setup --static}. */
record Confiture(Path launcher, String strategy) implements Contender {
    @Override
    public String name() {
        return "Confiture, " + strategy;
    }

    @Override
    public void prepare(Match match) throws SQLException {
        match.workload().createAll(match.target());
        project(match).setUpStatic();
    }

    @Override
    public Measured run(Match match) {
        return project(match).migrate("--strategy " + strategy);
    }

    private ConfitureProject project(Match match) {
        return new ConfitureProject(
                launcher, match.shell(), match.source(), match.target(), "\"*\": {}\n");
    }
}
