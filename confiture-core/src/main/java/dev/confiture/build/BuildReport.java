package dev.confiture.build;

import java.util.List;

/**
 * What {@code build} did, or would do.
 *
 * @param created whether the database itself was created
 * @param files the files in the order in which they were run
 * @param oneTransaction whether all files were run in one transaction
 * @param notInTransaction the files that hold a statement which cannot run in a transaction
 */
public record BuildReport(
        String environment,
        String database,
        boolean dryRun,
        boolean created,
        List<String> files,
        boolean oneTransaction,
        List<String> notInTransaction) {}
