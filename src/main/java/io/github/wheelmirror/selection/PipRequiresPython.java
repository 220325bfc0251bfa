package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.PythonText;
import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.Version;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What pip makes of Requires-Python: one that it cannot read admits everything.
 *
 * @param legacy whether specifiers before PEP 440 can be read
 */
record PipRequiresPython(
    Version python, SpecifierRules rules, boolean legacy, Map<String, Boolean> known) {

  PipRequiresPython(Version python, SpecifierRules rules, boolean legacy) {
    this(python, rules, legacy, new ConcurrentHashMap<>());
  }

  boolean admits(String requiresPython) {
    return requiresPython.isEmpty() || known.computeIfAbsent(requiresPython, this::evaluate);
  }

  private boolean evaluate(String requiresPython) {
    boolean admitted = true;
    for (String part : requiresPython.split(",", -1)) {
      String item = PythonText.strip(part);
      Optional<Specifier> specifier = Specifier.tryParse(item);
      if (specifier.isPresent()) {
        admitted &= rules.accepted(specifier.get()).test(python);
      } else if (!item.isEmpty()) {
        Optional<Predicate<String>> old = legacy ? LegacyVersion.specifier(item) : Optional.empty();
        if (old.isEmpty()) {
          return true;
        }
        admitted &= old.get().test(python.toString());
      }
    }
    return admitted;
  }
}
