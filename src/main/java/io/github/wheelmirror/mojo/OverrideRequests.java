package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.PinOverride;
import io.github.wheelmirror.build.SourcePatch;
import io.github.wheelmirror.constraints.PinPattern;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the overrides of a file and of the configuration, and the patches that they name. */
final class OverrideRequests {

  private static final int MAX_BYTES = 16 << 20;

  private final RequestPaths paths;
  private final Seen seen;

  OverrideRequests(RequestPaths paths, Seen seen) {
    this.paths = paths;
    this.seen = seen;
  }

  /** Those of the file first, so that the configuration has the last word. */
  List<PinOverride> overrides(AbstractMirrorMojo mojo) {
    WrongSettings wrong = new WrongSettings();
    List<PinOverride> overrides = new ArrayList<>();
    if (mojo.overridesFile != null && RequestPaths.isGiven(mojo.overridesFile)) {
      Path file = paths.absolute(mojo.overridesFile);
      overrides.addAll(wrong.read(() -> ofFile(file), List.of()));
    }
    overrides.addAll(
        wrong.readEach(mojo.overrides, each -> override(each, "<overrides>", paths::absolute)));
    wrong.refuse();
    return overrides;
  }

  private List<PinOverride> ofFile(Path file) {
    byte[] json = GivenFile.read(file, MAX_BYTES, "<overridesFile> names " + file, seen);
    OverridesFile read = Json.readWritten(json, OverridesFile.class, file.toString());
    WrongSettings wrong = new WrongSettings();
    List<PinOverride> overrides =
        wrong.readEach(
            read.overrides,
            each -> override(each, file.toString(), patch -> file.resolveSibling(patch.toPath())));
    wrong.refuse();
    return overrides;
  }

  private PinOverride override(OverrideParameter given, String where, Function<File, Path> place) {
    String pin = given.pin == null ? "" : given.pin.trim();
    if (pin.isEmpty()) {
      throw MirrorException.input(
          "an override in " + where + " has no <pin>",
          "nobody knows what it is for",
          "add the pin: a name, name===version, or a name with a specifier like name<5");
    }
    String what = "the override of " + pin + " in " + where + " cannot be used";
    List<SourcePatch> patches = new ArrayList<>();
    for (File patch : given.patches) {
      if (RequestPaths.isGiven(patch)) {
        patches.add(patch(place.apply(patch).normalize(), what));
      }
    }
    try {
      BuildOverride override =
          new BuildOverride(
              variables(given.environment),
              Requests.given(given.buildRequirements),
              Requests.given(given.buildConstraints),
              settings(Requests.given(given.configSettings)),
              patches,
              Requests.given(given.systemPackages));
      if (override.equals(BuildOverride.NONE)) {
        throw new IllegalArgumentException("it says nothing but the pin");
      }
      return new PinOverride(PinPattern.parse(pin), override);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          what, String.valueOf(e.getMessage()), "correct it, or leave that part out");
    }
  }

  /** Maven gives null for an empty element. */
  private static Map<String, String> variables(Map<String, String> given) {
    Map<String, String> variables = new TreeMap<>();
    given.forEach((name, value) -> variables.put(name, value == null ? "" : value));
    return variables;
  }

  /** As pip's {@code --config-settings}: what comes more than once has all its values. */
  private static Map<String, List<String>> settings(List<String> given) {
    Map<String, List<String>> settings = new TreeMap<>();
    for (String setting : given) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "the config setting '" + setting + "' is not written as KEY=VALUE");
      }
      settings
          .computeIfAbsent(setting.substring(0, equals), key -> new ArrayList<>())
          .add(setting.substring(equals + 1));
    }
    return settings;
  }

  private SourcePatch patch(Path file, String what) {
    byte[] bytes = GivenFile.read(file, SourcePatch.MAX_BYTES, what, seen);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SourcePatch(String.valueOf(file.getFileName()), text);
    } catch (CharacterCodingException e) {
      throw MirrorException.input(
          what, "the patch " + file + " is not UTF-8", "write it again as UTF-8");
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          what,
          String.valueOf(e.getMessage()),
          "make the patch with git diff, or with diff -Nru OLD NEW");
    }
  }
}
