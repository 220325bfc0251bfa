package io.github.wheelmirror.builder;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Platform;
import io.github.wheelmirror.python.TagRules;
import java.util.ArrayList;
import java.util.List;

/** Targets of this host, each from what a real Python says of itself. */
public final class HostTargets {

  /** 32-bit Pythons on a 64-bit kernel take other tags. */
  private static final int BITS_32 = 32;

  private HostTargets() {}

  /**
   * The target of one Python.
   *
   * @throws MirrorException (input) if the host is no Linux: targets of others come as files; or
   *     the Python is older than 3
   */
  public static Target of(Interpreter interpreter) {
    InterpreterFacts facts = interpreter.facts();
    if (facts.version().get(0) < 3) {
      throw MirrorException.input(
          "Python " + facts.fullVersion() + " cannot be a target",
          "mirrors are made for Python 3",
          "name others with <pythons> (-Dwheel-mirror.pythons=3.11,3.12)");
    }
    InterpreterFacts.Host host = facts.host();
    List<String> abis = abis(facts);
    CompatibleTags tags =
        CompatibleTags.of(
            io.github.wheelmirror.python.Interpreter.cpython(
                facts.version().get(0), facts.version().get(1), abis),
            platform(facts),
            TagRules.PACKAGING_26_3);
    return new Target(
        new TargetId(host.slug(), interpreter.pythonTag()),
        "cpython",
        facts.fullVersion(),
        abis.get(0),
        (host.libcName() + " " + host.libcVersion()).strip(),
        MarkerEnvironment.of(facts.markers()),
        tags.tags());
  }

  /** The ABI tags that it loads, best first (PEP 425; PEP 703 for {@code t}). */
  private static List<String> abis(InterpreterFacts facts) {
    InterpreterFacts.Abi abi = facts.abi();
    int minor = facts.version().get(1);
    boolean old = facts.version().get(0) < 3 || minor < 8;
    String version = "cp" + facts.version().get(0) + minor + (abi.freeThreaded() ? "t" : "");
    List<String> abis = new ArrayList<>();
    abis.add(
        version
            + (abi.debug() ? "d" : "")
            + (old && abi.pymalloc() ? "m" : "")
            + (facts.version().get(0) < 3 && abi.wideUnicode() ? "u" : ""));
    if (abi.debug() && !old) {
      abis.add(version);
    }
    return abis;
  }

  private static Platform platform(InterpreterFacts facts) {
    InterpreterFacts.Host host = facts.host();
    boolean narrow = facts.abi().pointerBits() == BITS_32;
    List<Integer> version = new ArrayList<>();
    for (String part : host.libcVersion().split("\\.", -1)) {
      version.add(part.matches("\\d{1,4}") ? Integer.parseInt(part) : 0);
    }
    if (host.libcName().equals("glibc") && version.size() >= 2) {
      Platform.Glibc glibc = new Platform.Glibc(version.get(0), version.get(1), host.machine());
      return narrow ? glibc.for32BitPython() : glibc;
    }
    if (host.libcName().equals("musl") && version.size() >= 2) {
      Platform.Musl musl = new Platform.Musl(version.get(0), version.get(1), host.machine());
      return narrow ? musl.for32BitPython() : musl;
    }
    throw MirrorException.input(
        "this host cannot be a target",
        "it runs " + host.platform() + " and mirrors are made for Linux",
        "give target files of the platforms you mirror for, with <targetFiles>");
  }
}
