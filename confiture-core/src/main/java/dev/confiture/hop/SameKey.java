package dev.confiture.hop;

import dev.confiture.postgres.Session;
import java.util.List;
import java.util.function.Consumer;

/** The changed keys name the entry's rows as they are. */
record SameKey() implements Way {
    @Override
    public void follow(Session source, List<String> changed, Consumer<Affected> affected) {
        affected.accept(new Affected(changed, changed));
    }
}
