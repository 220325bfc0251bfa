package io.github.wheelmirror.mirror;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.mojo.ProductionWiring;
import io.github.wheelmirror.report.Lines;
import io.github.wheelmirror.report.TextMirrorLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code mvn deploy} does, with all real adapters, in a JVM of its own that may be killed.
 *
 * <p>Arguments: constraints URL, index URL, workspace, cache, region; then, as far as they shall be
 * other than usual, {@code timeout=SECONDS}, {@code memory=MIB}, {@code disk=MIB}, {@code
 * builds=NUMBER}, {@code until=build}.
 */
final class WholeChain {

  static final int REFUSED = 3;

  private WholeChain() {}

  public static void main(String[] args) {
    Lines lines =
        new Lines() {
          @Override
          public void info(String line) {
            System.out.println(line);
          }

          @Override
          public void warn(String line) {
            System.out.println(line);
          }

          @Override
          public void summary(String line, boolean attention) {
            info(line);
          }
        };
    try {
      run(args, lines);
    } catch (MirrorException e) {
      System.out.println(e.what() + "\n" + e.why() + "\n" + e.fix());
      System.exit(REFUSED);
    }
  }

  /** The arguments {@code name=value}. */
  private record Options(List<String> arguments) {

    boolean has(String argument) {
      return arguments.contains(argument);
    }

    long number(String name, long otherwise) {
      return arguments.stream()
          .filter(argument -> argument.startsWith(name + "="))
          .mapToLong(argument -> Long.parseLong(argument.substring(name.length() + 1)))
          .findFirst()
          .orElse(otherwise);
    }

    MirrorRequest.BuildBounds bounds() {
      return new MirrorRequest.BuildBounds(
          Duration.ofSeconds(number("timeout", 300)),
          number("memory", 1 << 20) << 20,
          number("disk", 1 << 20) << 20);
    }
  }

  static void run(String[] args, Lines lines) {
    Options options = new Options(List.of(args).subList(5, args.length));
    MirrorRequest request =
        new MirrorRequest(
            new MirrorRequest.ConstraintsSettings(
                args[0],
                "upper-constraints.txt",
                null,
                BranchPatterns.defaults(),
                NonPins.ERROR,
                List.of()),
            new MirrorRequest.TargetSettings(List.of(), Map.of(), List.of()),
            new MirrorRequest.IndexSettings(
                List.of(new MirrorRequest.Index(args[1], null, false)), List.of()),
            new PlanSettings(
                UpstreamWheels.MIRROR, List.of(), List.of(), LocalDate.parse("2026-03-01")),
            new MirrorRequest.WorkSettings(
                4,
                (int) options.number("builds", 2),
                options.bounds(),
                false,
                0,
                false,
                false,
                false),
            new MirrorRequest.ReleaseSettings(
                List.of(new MirrorRequest.RegionSettings("mirror", Path.of(args[4]))),
                Duration.ofMinutes(2)),
            new MirrorRequest.Places(Path.of(args[2]), Path.of(args[3])),
            new MirrorRequest.Command("mvn wheel-mirror:", ""),
            false);
    Outside outside = ProductionWiring.outside(request, new TextMirrorLog(lines, ""));
    SessionMemo memo = new SessionMemo(new ConcurrentHashMap<>());
    MirrorGoals goals = new MirrorGoals(request, outside, memo);
    goals.resolve();
    goals.plan();
    goals.build();
    if (options.has("until=build")) {
      return;
    }
    goals.snapshot();
    goals.verify();
    goals.deploy();
  }

  static Process start(String... args) throws IOException {
    return ChildJvm.of(WholeChain.class, List.of(args)).start();
  }
}
