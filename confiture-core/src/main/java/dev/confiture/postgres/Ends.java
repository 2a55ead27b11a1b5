package dev.confiture.postgres;

/** Both databases of a migration. */
public record Ends(Database source, Database target) {}
