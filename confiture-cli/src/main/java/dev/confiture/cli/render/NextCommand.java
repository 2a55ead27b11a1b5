package dev.confiture.cli.render;

/** A command to type, for the end of a report. */
final class NextCommand {
    private NextCommand() {}

    static String onTarget(String verb, String target) {
        return "confiture s2s " + verb + " --target " + word(Redaction.hidePasswords(target));
    }

    static String withMapping(String verb, String target, String file) {
        return onTarget(verb, target) + " --mapping " + word(Page.printable(file));
    }

    /** Quoted where a shell would split it. */
    private static String word(String text) {
        return text.matches("[A-Za-z0-9_./:@-]+") ? text : "'" + text + "'";
    }
}
