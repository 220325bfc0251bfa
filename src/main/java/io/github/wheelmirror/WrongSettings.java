package io.github.wheelmirror;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads settings one after the other, so that all wrong ones of a run are told together. */
public final class WrongSettings {

  /** So many are told; the rest is counted. */
  private static final int TOLD = 20;

  private final List<MirrorException> all = new ArrayList<>();

  /** Those of a part of the settings, which the whole tells with its own. */
  private static final class Several extends MirrorException {
    private static final long serialVersionUID = 1L;
    private final transient List<MirrorException> each;

    Several(Kind kind, String what, String why, String fix, List<MirrorException> each) {
      super(kind, what, why, fix, each.get(0));
      this.each = List.copyOf(each);
    }
  }

  /**
   * Reads a setting now.
   *
   * @return gives what was read; of a wrong setting it throws the failure, so that what needs it
   *     can be read like any other and is not told beside it
   */
  public <T> Supplier<T> read(Supplier<T> setting) {
    try {
      T value = setting.get();
      return () -> value;
    } catch (MirrorException e) {
      note(e);
      return () -> {
        throw e;
      };
    }
  }

  /**
   * Reads a setting now.
   *
   * @param standIn is returned for a wrong one, so that what is made of it can be checked too
   */
  public <T> T read(Supplier<T> setting, T standIn) {
    try {
      return setting.get();
    } catch (MirrorException e) {
      note(e);
      return standIn;
    }
  }

  /** Reads each of these settings, and returns what the right ones say, in their order. */
  public <T, R> List<R> readEach(Collection<T> settings, Function<T, R> reader) {
    List<R> right = new ArrayList<>();
    for (T setting : settings) {
      check(() -> right.add(reader.apply(setting)));
    }
    return right;
  }

  /** Reads a setting whose value nobody needs. */
  public void check(Runnable setting) {
    try {
      setting.run();
    } catch (MirrorException e) {
      note(e);
    }
  }

  /**
   * Ends the reading: nothing that was read may be used before.
   *
   * @throws MirrorException if a setting was wrong, a single one as it is, several as one, each
   *     with its own fix
   */
  public void refuse() {
    if (all.size() == 1) {
      throw all.get(0);
    }
    if (!all.isEmpty()) {
      throw together();
    }
  }

  /** Tells this one with the others. */
  public void note(MirrorException failure) {
    List<MirrorException> each =
        failure instanceof Several several ? several.each : List.of(failure);
    each.stream().filter(one -> !all.contains(one)).forEach(all::add);
  }

  private MirrorException together() {
    Set<String> told = new LinkedHashSet<>();
    boolean machinery = false;
    for (MirrorException one : all) {
      String fix = "\n  fix: " + one.fix().replace("\n", "\n       ");
      told.add(one.what() + ": " + one.why() + fix);
      machinery |= one.kind() == MirrorException.Kind.MACHINERY;
    }
    StringBuilder why = new StringBuilder();
    told.stream().limit(TOLD).forEach(one -> why.append(one).append('\n'));
    if (told.size() > TOLD) {
      why.append("and ").append(told.size() - TOLD).append(" more\n");
    }
    return new Several(
        machinery ? MirrorException.Kind.MACHINERY : MirrorException.Kind.INPUT,
        told.size() + " settings cannot be used",
        why.toString().strip(),
        "correct each as it is told with it; they are told all at once",
        all);
  }
}
