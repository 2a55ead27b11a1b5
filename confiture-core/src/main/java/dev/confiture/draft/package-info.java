/**
 * Drafts the mapping file from the two live schemas, for a person to review. Works on two {@link
 * dev.confiture.catalog.Catalog} values and opens no connection. Start at {@link
 * dev.confiture.draft.MappingDraft}.
 */
@NullMarked
package dev.confiture.draft;

import org.jspecify.annotations.NullMarked;
