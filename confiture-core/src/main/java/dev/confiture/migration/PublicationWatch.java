package dev.confiture.migration;

import dev.confiture.capture.Publication;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.postgres.Session;

/** Looks in every hop whether the publication has been left alone since the capture began. */
record PublicationWatch(Publication publication, String version) {
    static PublicationWatch of(CaptureRecord capture) {
        return new PublicationWatch(
                new Publication(capture.publication(), capture.tables()),
                String.valueOf(capture.publicationVersion()));
    }

    /** Stops the run before a row is applied that the publication may have kept back. */
    void check(Session source) {
        publication.check(source, version);
    }
}
