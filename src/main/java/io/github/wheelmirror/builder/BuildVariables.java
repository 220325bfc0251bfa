package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.SearchPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment of a build: nothing of the user's, and the same for the same build.
 *
 * @param sandbox tells what the build cannot reach
 * @param path where it finds programs of the host
 * @param rust what stands behind those of Rust
 */
record BuildVariables(Sandbox sandbox, SearchPath path, RustToolchains rust) {

  Map<String, String> of(HookRunner.Call call) {
    Path folder = call.place().folder();
    Path environment = call.environment().directory();
    List<Path> programs = new ArrayList<>(call.tools().path(environment));
    programs.addAll(path.directories());
    Map<String, String> cache = new TreeMap<>();
    call.cache().ifPresent(one -> cache.putAll(CompilerCache.variables(one, folder)));
    return CleanEnvironment.at(call.place().home())
        .temporary(call.place().temporary())
        .path(new SearchPath(programs))
        .with("SOURCE_DATE_EPOCH", Long.toString(call.sourceDateEpoch()))
        .with("PYTHONHASHSEED", "0")
        .with("PYTHONDONTWRITEBYTECODE", "1")
        .with("PYTHONNOUSERSITE", "1")
        .with(rust.variables())
        .with(offline())
        .with(shares(call.limits().cores()))
        .with(call.tools().variables(folder, environment))
        .with(cache)
        .with(call.variables())
        .with(call.tools().chosen())
        .variables();
  }

  /** Who would ask the network again and again is told that there is none. */
  private Map<String, String> offline() {
    return sandbox.networkIsolated() ? Map.of("CARGO_NET_OFFLINE", "true") : Map.of();
  }

  /** How the usual build tools are told how much they may do at once; they would take it all. */
  private static Map<String, String> shares(int cores) {
    String number = Integer.toString(cores);
    return Map.of(
        "MAKEFLAGS",
        "-j" + number,
        "CMAKE_BUILD_PARALLEL_LEVEL",
        number,
        "CARGO_BUILD_JOBS",
        number,
        "MAX_JOBS",
        number,
        "NPY_NUM_BUILD_JOBS",
        number,
        NinjaWrappers.JOBS,
        number);
  }
}
