package dev.confiture.setup;

import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes away what setup made, backward, however far setup got. What the user had before stays, and
 * so does everything if a user's object depends on it: then the error says which one.
 */
public final class Cleanup {
    private Cleanup() {}

    /**
     * What cleanup did, for people.
     *
     * @param removed the objects in the order in which they went; empty if nothing was left
     * @param kept what stays, and why
     */
    public record Result(List<String> removed, List<String> kept) {
        public Result {
            removed = List.copyOf(removed);
            kept = List.copyOf(kept);
        }
    }

    public static Result run(Session target) {
        if (!Footprint.exists(target)) {
            return new Result(List.of(), List.of());
        }
        List<Step> steps = new ArrayList<>(Footprint.TABLES.drop(target));
        steps.addAll(
                target.inTransaction(
                        () -> {
                            List<Step> dropped = new ArrayList<>();
                            Footprint.LINK
                                    .reversed()
                                    .forEach(object -> dropped.addAll(object.drop(target)));
                            return dropped;
                        }));
        return new Result(
                Step.objects(steps, Step.Kind.REMOVED), Step.objects(steps, Step.Kind.KEPT));
    }
}
