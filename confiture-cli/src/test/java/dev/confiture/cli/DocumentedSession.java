package dev.confiture.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page with sessions in it, as {@code docs/STYLE.md} describes them: fenced {@code console}
 * blocks, comments {@code <!-- before … -->} with what goes ahead of them unseen, and blocks below
 * {@code <!-- file: NAME -->} that are files of the project.
 */
record DocumentedSession(List<String> lines, List<Block> blocks) {
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->");

    DocumentedSession {
        lines = List.copyOf(lines);
        blocks = List.copyOf(blocks);
    }

    /** What is done with the lines of a block. */
    enum Kind {
        /** They are run and must say the same. */
        CONSOLE,
        /** They are run and must succeed. */
        BEFORE,
        /** They become a file. */
        FILE
    }

    /**
     * Lines of the page.
     *
     * @param name the file's name, else empty
     * @param from the first line, from 0
     * @param to the line behind the last one
     */
    record Block(Kind kind, String name, int from, int to) {}

    static DocumentedSession of(String text) {
        List<String> lines = text.lines().toList();
        List<Block> blocks = new ArrayList<>();
        String file = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            var named = FILE.matcher(line);
            if (named.matches()) {
                file = named.group(1);
            } else if (line.equals("<!-- before")) {
                int end = end(lines, i, "-->");
                blocks.add(new Block(Kind.BEFORE, "", i + 1, end));
                i = end;
            } else if (line.startsWith("```")) {
                int end = end(lines, i, "```");
                if (line.equals("```console")) {
                    blocks.add(new Block(Kind.CONSOLE, "", i + 1, end));
                } else if (!file.isEmpty()) {
                    blocks.add(new Block(Kind.FILE, file, i + 1, end));
                }
                file = "";
                i = end;
            }
        }
        return new DocumentedSession(lines, blocks);
    }

    private static int end(List<String> lines, int start, String mark) {
        int end = start + 1;
        while (!lines.get(end).equals(mark)) {
            end++;
        }
        return end;
    }

    boolean hasConsole() {
        return blocks.stream().anyMatch(block -> block.kind() == Kind.CONSOLE);
    }

    List<String> linesOf(Block block) {
        return lines.subList(block.from(), block.to());
    }
}
