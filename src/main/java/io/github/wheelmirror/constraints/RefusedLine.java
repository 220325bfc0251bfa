package io.github.wheelmirror.constraints;

/** A line that is not a pin. */
public record RefusedLine(String where, String text, String reason) {}
