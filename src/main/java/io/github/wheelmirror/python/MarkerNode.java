package io.github.wheelmirror.python;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A parsed marker or a part of one; prints as {@code packaging} prints it. */
sealed interface MarkerNode {

  /**
   * Evaluates every part, also where the result is known before, so that an error does not depend
   * on the environment.
   */
  boolean evaluate(MarkerContext context);

  /** As a part of an expression: with parentheses where they are needed. */
  String print();

  /** As a whole expression: without parentheses around it. */
  default String printTop() {
    return print();
  }

  /** {@code and} binds tighter than {@code or}. */
  enum Connective {
    AND,
    OR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Parts in the order and grouping they were written in.
   *
   * @param connectives one fewer than {@code parts}: what stands between them
   */
  record Group(List<MarkerNode> parts, List<Connective> connectives) implements MarkerNode {

    public Group {
      parts = List.copyOf(parts);
      connectives = List.copyOf(connectives);
    }

    @Override
    public boolean evaluate(MarkerContext context) {
      boolean any = false;
      boolean all = true;
      for (int i = 0; i < parts.size(); i++) {
        if (i > 0 && connectives.get(i - 1) == Connective.OR) {
          any |= all;
          all = true;
        }
        all &= parts.get(i).evaluate(context);
      }
      return any || all;
    }

    @Override
    public String print() {
      return parts.size() == 1 ? parts.get(0).print() : "(" + printTop() + ")";
    }

    @Override
    public String printTop() {
      if (parts.size() == 1) {
        return parts.get(0).printTop();
      }
      var out = new StringBuilder(parts.get(0).print());
      for (int i = 1; i < parts.size(); i++) {
        out.append(' ').append(connectives.get(i - 1)).append(' ').append(parts.get(i).print());
      }
      return out.toString();
    }
  }

  /**
   * One side of a comparison.
   *
   * @param variable whether {@code text} is the name of a variable, else it is a literal's value
   */
  record Operand(boolean variable, String text) {

    boolean isVariable(String name) {
      return variable && text.equals(name);
    }

    String print() {
      return variable ? text : PythonLiteral.encode(text);
    }
  }

  /** A comparison; {@code operator} is one of PEP 508's, {@code not in} with one space. */
  record Comparison(Operand left, String operator, Operand right) implements MarkerNode {

    private static final Set<String> VERSIONS =
        Set.of(
            "implementation_version", "platform_release", "python_full_version", "python_version");
    private static final Set<String> SETS = Set.of("extras", "dependency_groups");

    /** Names of extras and groups that are compared with a variable are normalized (PEP 685). */
    static Comparison of(Operand left, String operator, Operand right) {
      if (left.isVariable("extra") && !right.variable()) {
        return new Comparison(left, operator, normalized(right));
      }
      boolean names =
          right.isVariable("extra") || (right.variable() && SETS.contains(right.text()));
      return new Comparison(names && !left.variable() ? normalized(left) : left, operator, right);
    }

    private static Operand normalized(Operand literal) {
      return new Operand(false, ProjectName.normalize(literal.text()));
    }

    /** The side that is looked up is the left one if it is a variable, else the right one. */
    @Override
    public boolean evaluate(MarkerContext context) {
      String key = left.variable() ? left.text() : right.text();
      Optional<Set<String>> set = context.set(key);
      if (set.isPresent()) {
        return evaluate(set.get());
      }
      String value =
          context.value(key).orElseThrow(() -> new UndefinedEnvironmentNameException(key));
      return left.variable() ? compare(key, value, right.text()) : compare(key, left.text(), value);
    }

    private boolean evaluate(Set<String> names) {
      if (left.variable()) {
        throw new UndefinedComparisonException(
            print(), left.text() + " is a set and can only stand behind 'in' and 'not in'");
      }
      boolean member = names.contains(ProjectName.normalize(left.text()));
      return switch (operator) {
        case "in" -> member;
        case "not in" -> !member;
        // a text equals no set
        case "==", "<=", ">=", "<", ">" -> false;
        case "!=" -> true;
        default -> throw undefined();
      };
    }

    private boolean compare(String key, String leftValue, String rightValue) {
      if (VERSIONS.contains(key)) {
        Optional<Specifier> specifier = Specifier.tryParse(operator + rightValue);
        if (specifier.isPresent()) {
          return specifier.get().contains(leftValue);
        }
      }
      return compareTexts(leftValue, rightValue);
    }

    private boolean compareTexts(String leftValue, String rightValue) {
      return switch (operator) {
        case "in" -> rightValue.contains(leftValue);
        case "not in" -> !rightValue.contains(leftValue);
        case "==", "<=", ">=" -> leftValue.equals(rightValue);
        case "!=" -> !leftValue.equals(rightValue);
        // texts have no order
        case "<", ">" -> false;
        default -> throw undefined();
      };
    }

    private UndefinedComparisonException undefined() {
      return new UndefinedComparisonException(print(), "'" + operator + "' compares versions only");
    }

    @Override
    public String print() {
      return left.print() + " " + operator + " " + right.print();
    }
  }
}
