package io.github.wheelmirror.constraints;

/** A branch's wish for a pin on a target. */
public record Want(
    String branch, TargetId target, boolean active, String marker, String where, boolean extra) {}
