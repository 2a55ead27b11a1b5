package dev.confiture.migration;

import dev.confiture.ledger.SwitchoverRecord;

/** Which way back a switchover has. */
final class WayBacks {
    private WayBacks() {}

    /** That of a switchover which was begun. */
    static WayBack of(Attachment attachment, SwitchoverRecord record) {
        return WayBack.NONE;
    }
}
