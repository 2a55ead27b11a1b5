package dev.confiture.migration;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.StoredMapping;
import dev.confiture.lineage.ServerProbe;
import dev.confiture.mapping.CommandLineMapping;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Mapping;
import dev.confiture.mapping.MappingParser;
import dev.confiture.mapping.MappingResolver;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.postgres.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mappings of a migration: from a file, from the command line, or from the ledger. */
final class Mappings {
    /** What a migration without a mapping means: every table under its own name. */
    private static final String EVERYTHING = "\"*\": {}\n";

    private Mappings() {}

    static StoredMapping read(MappingFile file) {
        try {
            return StoredMapping.file(Files.readString(file.path()));
        } catch (NoSuchFileException missing) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    "there is no mapping file " + file.name(),
                    "Check the path given with --mapping.",
                    missing);
        } catch (IOException cause) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    "cannot read the mapping file " + file.name(),
                    "Check that it is a text file in UTF-8 that you may read.",
                    cause);
        }
    }

    /**
     * The file that is given, or else the mapping that the migration was begun with, or else {@code
     * "*": {}}.
     */
    static StoredMapping givenOrStored(@Nullable MappingFile file, Attachment attachment) {
        if (file != null) {
            return read(file);
        }
        return Ledger.mappings(attachment.control()).stream()
                .filter(mapping -> mapping.sourceTable() == null)
                .findFirst()
                .orElse(StoredMapping.file(EVERYTHING));
    }

    /** All that this migration was asked for; each pair of tables once. */
    static ResolvedMapping stored(Attachment attachment, Catalogs catalogs) {
        List<StoredMapping> mappings = Ledger.mappings(attachment.control());
        if (mappings.isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "nothing has been migrated yet",
                    "Run `confiture s2s migrate` first.");
        }
        List<Derivation> derivations = new ArrayList<>();
        for (StoredMapping mapping : mappings) {
            resolve(mapping, name(null, mapping), attachment, catalogs).derivations().stream()
                    .filter(derivation -> derivations.stream().noneMatch(derivation::samePair))
                    .forEach(derivations::add);
        }
        return new ResolvedMapping(derivations, List.of(), List.of());
    }

    /** The way back of a mapping, held against both databases as they are. */
    static WayBackPlan wayBack(ResolvedMapping mapping, Attachment attachment, Catalogs catalogs) {
        try (Session source = attachment.ends().source().open("mapping");
                Session target = attachment.ends().target().open("mapping")) {
            return WayBackPlan.of(
                    mapping.derivations(), catalogs.source(), catalogs.target(), source, target);
        }
    }

    /** The given file, or else what the ledger has, held against both catalogs. */
    static ResolvedMapping resolve(
            @Nullable MappingFile file, Attachment attachment, Catalogs catalogs) {
        StoredMapping mapping = givenOrStored(file, attachment);
        return resolve(mapping, name(file, mapping), attachment, catalogs);
    }

    /** What a mapping is called in messages. */
    static String name(@Nullable MappingFile file, StoredMapping mapping) {
        if (file != null) {
            return file.name();
        }
        return mapping.text().equals(EVERYTHING)
                ? "no --mapping given"
                : "the mapping in the ledger";
    }

    static ResolvedMapping resolve(
            StoredMapping mapping, String name, Attachment attachment, Catalogs catalogs) {
        try (Session source = attachment.ends().source().open("mapping");
                Session target = attachment.ends().target().open("mapping")) {
            return MappingResolver.resolve(
                    parse(mapping, name),
                    catalogs.source(),
                    catalogs.target(),
                    new ServerProbe(source, target, catalogs.source()));
        }
    }

    private static Mapping parse(StoredMapping mapping, String name) {
        return mapping.sourceTable() != null && mapping.targetTable() != null
                ? CommandLineMapping.parse(
                        mapping.sourceTable(), mapping.targetTable(), mapping.text())
                : MappingParser.parse(mapping.text(), name);
    }
}
