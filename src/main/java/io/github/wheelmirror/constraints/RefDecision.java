package io.github.wheelmirror.constraints;

/** Whether a ref is in, and why. */
public record RefDecision(String ref, boolean in, String reason) {}
