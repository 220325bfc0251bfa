package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildPlan;

/**
 * What all builds of a run use.
 *
 * @param slots what they may use of the machine at once
 * @param locks of build requirements
 */
record BuildMeans(
    Outside outside,
    Workspace workspace,
    Fetching fetching,
    BuildSlots slots,
    KeptLocks locks,
    BuildPlan plan) {}
