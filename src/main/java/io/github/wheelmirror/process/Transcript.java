package io.github.wheelmirror.process;

import java.time.Duration;

/**
 * What a program left behind, however it ended.
 *
 * @param output the end of what it printed, at most 64 KiB; standard error alone when the streams
 *     were kept apart; bytes that are not UTF-8 are shown as U+FFFD
 * @param standardOutput the whole standard output when the streams were kept apart, else empty
 * @param duration from start to end
 * @param leftovers processes that still ran when the program had ended by itself, and were killed
 */
public record Transcript(String output, String standardOutput, Duration duration, int leftovers) {}
