package io.oriel.storage.wal;

/**
 * What was found when the log was read at start.
 *
 * @param segments how many files were read
 * @param records how many records were visited
 * @param bytes how many bytes of them were whole
 * @param tornBytes how many bytes were cut from the end of the last, since they were not whole
 * @param lastSegment the number of the last segment; 0 when there was none
 * @param end where its last whole frame ends
 */
public record Replayed(
    int segments, long records, long bytes, long tornBytes, long lastSegment, long end) {}
