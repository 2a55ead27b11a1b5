package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.List;

/** One thing to look at before anything is copied. Fails only if it could not look. */
interface Check {
    List<Finding> findings(Inspection inspection);
}
