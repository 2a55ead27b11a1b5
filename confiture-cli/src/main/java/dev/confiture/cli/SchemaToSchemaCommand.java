package dev.confiture.cli;

import picocli.CommandLine.Command;

/** {@code confiture s2s}, short for {@code confiture migrate schema-to-schema}. */
@Command(
        name = "s2s",
        description = {
            "Migrates from one schema to another; short for migrate schema-to-schema.",
            "",
            "The usual order is setup, mapping, analyze, migrate, follow, verify, cutover, cleanup."
                    + " After cutover, rollback goes back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  confiture s2s setup --source old --target new",
            "  confiture s2s mapping --target new --output mapping.yaml",
            "  confiture s2s analyze --target new --mapping mapping.yaml",
            "  confiture s2s migrate --target new --mapping mapping.yaml",
            "  confiture s2s verify --target new",
            "  confiture s2s cutover --target new",
            "  confiture s2s cleanup --target new"
        })
final class SchemaToSchemaCommand {}
