package io.github.batchferry.wire.json;

/**
 * One line of a JSONL file and its place.
 *
 * @param number line number, counted from 1; blank lines count
 * @param offset position of the first byte of the line in the file
 * @param bytes the line without its line break; not copied, do not modify
 * @param terminated whether a line break followed: a last line without one may have been cut off
 */
public record JsonlLine(long number, long offset, byte[] bytes, boolean terminated) {}
