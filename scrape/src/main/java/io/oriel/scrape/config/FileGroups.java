package io.oriel.scrape.config;

import java.nio.file.Path;

/**
 * Files that hold groups of targets; in the last part of the path stars stand for anything. Read
 * again when a file changes.
 */
public record FileGroups(Path pattern) {}
