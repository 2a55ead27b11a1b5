package dev.confiture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Style that no compiler checks, over every text file of the repository. */
class TidyTest {
    private static final Path SQL = Path.of("confiture-core/src/main/resources/sql");
    private static final Pattern EXTENSIONS = Pattern.compile(".*\\.(java|sql|md|yaml|sh)");
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".build", "node_modules");
    private static final Pattern DOCUMENTED_PACKAGE =
            Pattern.compile("(?s)(/\\*\\*|///) *\\s\\W*\\w.*\\..*\\npackage ");

    private static final Path ROOT = root();
    private static final List<Path> FILES = files();

    @Test
    void noTabsAndNoTrailingBlanks() {
        assertThat(lines(_ -> true, "\\t|\\s$")).isEmpty();
    }

    @Test
    void javaLinesFitTheScreen() {
        assertThat(lines(TidyTest::isJava, "^(?!import |.*https?://).{101,}$")).isEmpty();
    }

    @Test
    void everyTodoNamesItsIssue() {
        assertThat(lines(_ -> true, "TO[D]O(?!\\(#\\d+\\))")).isEmpty();
    }

    @Test
    void coreNeverPrints() {
        Predicate<Path> core = file -> isProduction(file) && file.startsWith("confiture-core");
        assertThat(lines(core, "System\\.(out|err)\\b|printStackTrace")).isEmpty();
    }

    @Test
    void productionFilesStaySmall() {
        Predicate<Path> big = file -> text(file).lines().count() > 400;
        assertThat(FILES.stream().filter(TidyTest::isProduction).filter(big)).isEmpty();
    }

    @Test
    void everySqlResourceIsOpenedByName() {
        String code =
                FILES.stream()
                        .filter(TidyTest::isProduction)
                        .map(TidyTest::text)
                        .collect(joining());
        assertThat(FILES.stream().filter(file -> file.startsWith(SQL)))
                .isNotEmpty()
                .allSatisfy(
                        file -> {
                            String name = file.getFileName().toString().replace(".sql", "");
                            assertThat(code).containsPattern("[\"/]" + name + "(\\.sql)?\"");
                        });
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(FILES.stream().filter(TidyTest::isProduction).map(Path::getParent).distinct())
                .allSatisfy(
                        folder -> {
                            Path description = folder.resolve("package-info.java");
                            assertThat(FILES).as("%s exists", description).contains(description);
                            assertThat(text(description))
                                    .as("%s has a sentence", description)
                                    .containsPattern(DOCUMENTED_PACKAGE);
                        });
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    private static boolean isProduction(Path file) {
        return isJava(file) && file.toString().contains("src/main/java/");
    }

    /** Every line that holds the pattern, as file:number: line. */
    private static List<String> lines(Predicate<Path> included, String regex) {
        Pattern pattern = Pattern.compile(regex);
        List<String> found = new ArrayList<>();
        for (Path file : FILES.stream().filter(included).toList()) {
            List<String> lines = text(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i));
                }
            }
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not readable UTF-8", e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<Path> files() {
        List<Path> files = new ArrayList<>();
        SimpleFileVisitor<Path> collector =
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                        return SKIPPED.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        if (EXTENSIONS.matcher(file.getFileName().toString()).matches()) {
                            files.add(ROOT.relativize(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                };
        try {
            Files.walkFileTree(ROOT, collector);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
