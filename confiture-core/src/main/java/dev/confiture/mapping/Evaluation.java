package dev.confiture.mapping;

/** On which server an entry's SELECT runs. */
public enum Evaluation {
    SOURCE,
    /** For functions, types or lookup tables that only the target has. */
    TARGET
}
