package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.draft.MappingSchema;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that a draft is written to, and its JSON Schema beside it. No other command writes a
 * mapping file, and this one never changes one that exists unless it is told to, because a person's
 * decisions and comments are in it.
 */
record DraftFile(Path folder, Path name, Existing existing) {
    /** What happens to a file that is there already. */
    enum Existing {
        KEEP,
        OVERWRITE
    }

    /** Refuses before any work is done. */
    void check() {
        if (existing == Existing.KEEP && Files.exists(path())) {
            throw exists();
        }
    }

    /**
     * Writes the draft.
     *
     * @return whether the schema was written too; one that is there already stays as it is
     */
    boolean write(String text) {
        Path schema = path().resolveSibling(MappingSchema.FILE);
        try {
            if (existing == Existing.OVERWRITE) {
                Files.writeString(path(), text);
            } else {
                Files.writeString(path(), text, StandardOpenOption.CREATE_NEW);
            }
            if (Files.exists(schema)) {
                return false;
            }
            Files.writeString(schema, Confiture.mappingSchema(), StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw exists();
        } catch (IOException e) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    "cannot write " + name + ": " + e.getClass().getSimpleName(),
                    "Check that its folder exists and that you may write there.",
                    e);
        }
    }

    private Path path() {
        return folder.resolve(name);
    }

    private ConfitureException exists() {
        return new ConfitureException(
                ErrorCode.USAGE,
                "the file " + name + " exists already",
                "Give another name, or add --force to overwrite it and lose what is in it.");
    }
}
