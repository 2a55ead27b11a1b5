/**
 * The voice of the library: sealed events that a listener renders. The core never prints. Start at
 * {@link dev.confiture.progress.ProgressEvent}.
 */
@NullMarked
package dev.confiture.progress;

import org.jspecify.annotations.NullMarked;
