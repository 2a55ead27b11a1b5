package dev.confiture.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The page of the documentation that shows the results. */
record ResultsPage(Path file, Path folder) {
    private static final String BEGIN = "<!-- results -->\n";
    private static final String END = "<!-- end of results -->\n";

    /** The page that has the folder's name, if there is one. */
    static Optional<ResultsPage> besides(Path folder) {
        Path file = folder.toAbsolutePath().normalize();
        Path page = file.resolveSibling(file.getFileName() + ".md");
        return Files.exists(page) ? Optional.of(new ResultsPage(page, file)) : Optional.empty();
    }

    /** Puts the results where others were. */
    void put(String results) {
        try {
            String page = Files.readString(file);
            int begin = page.indexOf(BEGIN);
            int end = page.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IllegalStateException(file + " has no place for results");
            }
            Files.writeString(
                    file,
                    page.substring(0, begin + BEGIN.length())
                            + results
                            + "\n![the same as bars]("
                            + folder.getFileName()
                            + "/results.svg)\n"
                            + page.substring(end));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
