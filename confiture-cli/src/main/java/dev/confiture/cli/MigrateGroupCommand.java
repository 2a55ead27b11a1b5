package dev.confiture.cli;

import picocli.CommandLine.Command;

/** {@code confiture migrate}, which has one way of migrating so far. */
@Command(name = "migrate", description = "Migrations. See s2s for the short form.")
final class MigrateGroupCommand {}
