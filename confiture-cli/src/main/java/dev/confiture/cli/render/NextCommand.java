package dev.confiture.cli.render;

/** A command to type, for the end of a report. */
final class NextCommand {
    private NextCommand() {}

    static String onTarget(String verb, String target) {
        String name = Redaction.hidePasswords(target);
        boolean plain = name.matches("[A-Za-z0-9_./:@-]+");
        return "confiture s2s " + verb + " --target " + (plain ? name : "'" + name + "'");
    }
}
