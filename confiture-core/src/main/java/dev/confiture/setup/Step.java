package dev.confiture.setup;

import java.util.List;

/** What happened to one object, for people. */
record Step(Kind kind, String object) {
    enum Kind {
        MADE,
        KEPT,
        REMOVED
    }

    static Step made(String object) {
        return new Step(Kind.MADE, object);
    }

    static Step kept(String object) {
        return new Step(Kind.KEPT, object);
    }

    static Step removed(String object) {
        return new Step(Kind.REMOVED, object);
    }

    /** The objects of one kind, in their order. */
    static List<String> objects(List<Step> steps, Kind kind) {
        return steps.stream().filter(step -> step.kind == kind).map(Step::object).toList();
    }
}
