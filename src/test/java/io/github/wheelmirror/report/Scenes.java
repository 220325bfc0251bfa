package io.github.wheelmirror.report;

import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.UnsatisfiableReason;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.RefusedLine;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.report.MirrorReport.BranchFacts;
import io.github.wheelmirror.report.MirrorReport.BuildTime;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.MirrorReport.RegionFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import io.github.wheelmirror.report.MirrorReport.WantedAt;
import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Made-up facts for reports: a whole one of any size, one of strangers' text, and none. */
final class Scenes {

  static final String SLUG = "debian-12-x86_64";
  static final String WRITTEN = "2026-03-01T12:00:00Z";

  /** Tries to be markup in every place where text may stand. */
  static final String HOSTILE =
      "</script></title><script>document.title='taken'</script><img src=x"
          + " onerror=\"document.title='taken'\">'\" onmouseover='document.title=1'"
          + " javascript:alert(1) &lt;b&gt; \u001b[31m\u202ereversed ]]>";

  private static final List<String> NAMES =
      List.of("oslo", "python", "keystone", "nova", "zope", "alembic", "requests", "tooz", "pbr");

  private Scenes() {}

  static MirrorReport nothing() {
    return report(Basis.NOTHING, List.of(), List.of(), List.of(), List.of());
  }

  static MirrorReport report(
      Basis basis,
      List<TargetId> targets,
      List<BranchFacts> branches,
      List<PinFacts> pins,
      List<RegionFacts> regions) {
    return new MirrorReport(
        1, WRITTEN, "", basis, "", List.of(), regions, targets, branches, pins, List.of(),
        List.of(), List.of(), List.of());
  }

  static BranchFacts branch(String name) {
    return new BranchFacts(
        name, "stable", "resolved", "0123456789abcdef".repeat(3), List.of(), List.of());
  }

  static TargetId target(String python) {
    return new TargetId(SLUG, python);
  }

  static String digest(int number) {
    return String.format(Locale.ROOT, "%08x", number * 2_654_435_761L & 0xffffffffL).repeat(8);
  }

  static StateFacts failed(TargetId target, List<String> branches, String log) {
    return StateFacts.of(
        target,
        branches,
        new Outcome.Failed(
            FailureClass.MISSING_HEADER,
            "libvirt/libvirt.h: No such file or directory",
            "the source is C and this header is not installed",
            "install libvirt-dev (Debian), or exclude the pin with a reason: <exclude>…</exclude>",
            log));
  }

  static StateFacts unsatisfiable(TargetId target, List<String> branches) {
    return StateFacts.of(
        target,
        branches,
        new Outcome.Unsatisfiable(
            UnsatisfiableReason.NO_SUCH_VERSION, "no index has this version of it"));
  }

  /** With all that a report may have. */
  static MirrorReport of(int pins, int pythons, int branches) {
    List<TargetId> targets = new ArrayList<>();
    for (int i = 0; i < pythons; i++) {
      targets.add(target("cp3" + (9 + i)));
    }
    List<String> names = new ArrayList<>(List.of("master"));
    for (int i = 1; i < branches; i++) {
      names.add("stable/20%02d.%d".formatted(22 + i / 2, 1 + i % 2));
    }
    List<PinFacts> facts = new ArrayList<>();
    Map<String, WheelFile> files = new TreeMap<>();
    for (int i = 0; i < pins; i++) {
      facts.add(pin(i, targets, names, files));
    }
    List<BuildTime> times = new ArrayList<>();
    for (int i = 0; i < Math.min(40, pins); i++) {
      times.add(
          new BuildTime(facts.get(i).pin().name(), targets.get(0), 1900.0 / (i + 1) / (i + 1)));
    }
    List<BranchFacts> all = new ArrayList<>(names.stream().map(Scenes::branch).toList());
    all.add(
        new BranchFacts(
            "unmaintained/2023.1",
            "unmaintained",
            "held",
            "f".repeat(40),
            List.of("two active pins of one project on one target: its last good pins are kept"),
            List.of(
                new RefusedLine("upper-constraints.txt:12", "six>=1", "it is a range", "range"))));
    return new MirrorReport(
        1,
        WRITTEN,
        "https://git.example.org/requirements.git",
        Basis.BUILT,
        "released",
        List.of("the constraints were resolved again since this build"),
        regions(),
        targets,
        all,
        facts,
        List.copyOf(files.values()),
        times,
        List.of(verified(facts.get(0).pin())),
        releases(facts, names));
  }

  private static Pin nth(int i) {
    String name = NAMES.get(i % NAMES.size()) + (i < NAMES.size() ? "" : "-part" + i);
    return Pin.parse(name + "===" + (1 + i % 12) + "." + i % 7 + (i % 31 == 0 ? "rc1" : ""));
  }

  private static PinFacts pin(
      int i, List<TargetId> targets, List<String> branches, Map<String, WheelFile> files) {
    Pin pin = nth(i);
    List<String> own =
        branches.stream()
            .filter(branch -> i % 3 == 0 || branches.indexOf(branch) % (1 + i % 4) == 0)
            .toList();
    List<StateFacts> states = new ArrayList<>();
    for (TargetId target : targets) {
      String log = "logs/%s-%s-%s.log".formatted(pin.name(), pin.version(), target.python());
      int kind = i % 97;
      Outcome outcome;
      if (kind == 5) {
        states.add(failed(target, own, log));
        continue;
      } else if (kind == 11) {
        states.add(unsatisfiable(target, own));
        continue;
      } else if (kind == 13) {
        outcome = new Outcome.NotApplicable("python_version < '3.0'");
      } else if (kind == 17) {
        outcome = new Outcome.Excluded("needs a licence", "2026-12-31");
      } else {
        boolean built = i % 9 == 1;
        String tag =
            built
                ? "1-" + target.python() + "-" + target.python() + "-linux_x86_64"
                : "py3-none-any";
        String filename =
            pin.name().toString().replace('-', '_') + "-" + pin.version() + "-" + tag + ".whl";
        String sha256 = digest(built ? i * 31 + targets.indexOf(target) : i * 31);
        files.put(filename, file(pin, filename, sha256, built));
        outcome =
            built ? new Outcome.Built(filename, sha256) : new Outcome.Mirrored(filename, sha256);
      }
      states.add(StateFacts.of(target, own, outcome));
    }
    List<WantedAt> wanted =
        own.stream().map(branch -> new WantedAt(branch, "upper-constraints.txt:" + i, "")).toList();
    return new PinFacts(pin, wanted, states);
  }

  static WheelFile file(Pin pin, String filename, String sha256, boolean built) {
    Origin origin =
        built
            ? new Origin.Built(
                "b".repeat(64),
                "5".repeat(64),
                "1",
                true,
                List.of("libxml2.so.2"),
                new RequirementsUsed("c".repeat(64), ""))
            : new Origin.Mirrored(
                "https://index.example.org/files/" + filename, "https://index.example.org/simple/");
    return new WheelFile(
        filename,
        pin.name(),
        pin.version(),
        sha256,
        123_456,
        "d".repeat(64),
        ">=3.9",
        false,
        "",
        "2025-11-02T10:00:00Z",
        origin);
  }

  private static List<RegionFacts> regions() {
    return List.of(
        region("east", 14, Standing.CURRENT, List.of()),
        region(
            "west", 13, Standing.BEHIND, List.of("the release is 12 days old, which is too old")),
        new RegionFacts(
            "south", "", 0, "", "", "", 0, Standing.UNKNOWN, List.of("no route to host")));
  }

  static RegionFacts region(String name, long serial, Standing standing, List<String> problems) {
    return new RegionFacts(
        name,
        SLUG,
        serial,
        digest((int) serial),
        "2026-02-%02dT03:10:00Z".formatted(serial + 10),
        digest((int) serial - 1),
        2740,
        standing,
        problems);
  }

  private static VerifiedChannel verified(Pin pin) {
    return new VerifiedChannel(
        SLUG,
        digest(14),
        false,
        List.of(
            Problem.error("regression", "master cp312", pin + " was served before", "build it"),
            Problem.warning("stale", SLUG, "the last release is 12 days old", "release again")),
        List.of(),
        List.of(
            new ClosureRun("master", "cp312", "pip 26.3", ClosureRun.State.SAME, 570, 570, ""),
            new ClosureRun(
                "master", "cp312", "uv", ClosureRun.State.OTHER, 570, 560, "it takes 2.0")),
        List.of(
            new SampleRun(
                "master",
                "cp312",
                "uv",
                SampleRun.State.INSTALLED,
                List.of(pin),
                3,
                List.of(),
                "",
                List.of())));
  }

  private static List<ReleaseFacts> releases(List<PinFacts> pins, List<String> branches) {
    List<ReleaseFacts> releases = new ArrayList<>();
    releases.add(ReleaseFacts.gone(SLUG, 1, digest(1), "2026-02-11T03:10:00Z"));
    for (int serial = 2; serial < 15; serial++) {
      boolean first = serial == 2;
      List<ReleaseFacts.Change> changes = new ArrayList<>();
      for (int i = 0; i < serial * 3 % 17 && !first; i++) {
        ProjectName project = pins.get(i * serial % pins.size()).pin().name();
        changes.add(
            new ReleaseFacts.Change(
                branches.get(0),
                project,
                i % 5 == 0 ? List.of() : List.of(Version.parse("1." + i)),
                i % 7 == 6 ? List.of() : List.of(Version.parse("1." + (i + 1)))));
      }
      int added = (int) changes.stream().filter(each -> each.from().isEmpty()).count();
      int gone = (int) changes.stream().filter(each -> each.to().isEmpty()).count();
      releases.add(
          new ReleaseFacts(
              SLUG,
              serial,
              digest(serial),
              "2026-02-%02dT03:10:00Z".formatted(serial + 10),
              first ? "" : digest(serial - 1),
              true,
              2700 + serial * 3,
              4_000_000_000L + serial * 31_000_000L,
              new Share(9900 + serial * 5, 10_000),
              added,
              gone,
              changes.size() - added - gone,
              0,
              changes));
    }
    return releases;
  }

  /** A report in which every free text is {@link #HOSTILE}. */
  static MirrorReport hostile() {
    TargetId target = target("cp312");
    List<String> branches = List.of(HOSTILE, "stable/" + HOSTILE);
    String log = "logs/evil-1.0-cp312.log";
    Pin pin = Pin.parse("evil===1.0");
    Pin other = Pin.parse("main===1!2.0");
    WheelFile file =
        new WheelFile(
            "evil-1.0-py3-none-any.whl",
            pin.name(),
            pin.version(),
            digest(1),
            5,
            "",
            HOSTILE,
            true,
            HOSTILE,
            HOSTILE,
            new Origin.Mirrored("javascript:" + HOSTILE, HOSTILE));
    List<StateFacts> states =
        List.of(
            StateFacts.of(
                target,
                branches,
                new Outcome.Failed(FailureClass.UNKNOWN, HOSTILE, HOSTILE, HOSTILE, log)),
            StateFacts.of(
                target("cp313"), branches, new Outcome.Mirrored(file.filename(), file.sha256())),
            StateFacts.of(target("cp314"), branches, new Outcome.NotApplicable(HOSTILE)),
            StateFacts.of(target("cp315"), branches, new Outcome.Excluded(HOSTILE, "")));
    StateFacts absent =
        StateFacts.of(
            target,
            branches,
            new Outcome.Failed(
                FailureClass.TIMEOUT, HOSTILE, HOSTILE, HOSTILE, "logs/../../" + HOSTILE + ".log"));
    return new MirrorReport(
        1,
        WRITTEN,
        HOSTILE,
        Basis.BUILT,
        HOSTILE,
        List.of(HOSTILE),
        List.of(
            new RegionFacts(
                HOSTILE,
                HOSTILE,
                3,
                HOSTILE,
                WRITTEN,
                HOSTILE,
                1,
                Standing.BEHIND,
                List.of(HOSTILE))),
        List.of(target, target("cp313"), target("cp314"), target("cp315")),
        List.of(
            new BranchFacts(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE),
                List.of(new RefusedLine(HOSTILE, HOSTILE, HOSTILE, "range")))),
        List.of(
            new PinFacts(pin, List.of(new WantedAt(HOSTILE, HOSTILE, HOSTILE)), states),
            new PinFacts(other, List.of(), List.of(absent))),
        List.of(file),
        List.of(new BuildTime(pin.name(), target, 3)),
        List.of(
            new VerifiedChannel(
                SLUG,
                digest(2),
                false,
                List.of(Problem.error(HOSTILE, HOSTILE, HOSTILE, HOSTILE)),
                List.of(),
                List.of(
                    new ClosureRun(
                        HOSTILE, HOSTILE, HOSTILE, ClosureRun.State.REFUSED, 1, 1, HOSTILE)),
                List.of(
                    new SampleRun(
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        SampleRun.State.REFUSED,
                        List.of(pin),
                        0,
                        List.of(),
                        HOSTILE,
                        List.of())))),
        List.of(
            new ReleaseFacts(
                SLUG,
                3,
                HOSTILE,
                WRITTEN,
                HOSTILE,
                true,
                1,
                1,
                new Share(1, 2),
                1,
                0,
                0,
                0,
                List.of(
                    new ReleaseFacts.Change(
                        HOSTILE, pin.name(), List.of(), List.of(pin.version()))))));
  }

  /** Ends of logs of {@link #hostile}. */
  static Map<String, String> hostileLogs() {
    return Map.of("logs/evil-1.0-cp312.log", HOSTILE + "\n" + HOSTILE);
  }
}
