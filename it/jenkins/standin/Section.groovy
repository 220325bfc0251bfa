/** A block of directives; one that is not known, or comes twice, is an error. */
class Section {

  private final String where
  private final Map<String, Closure> directives
  private final Set<String> repeatable
  private final Set<String> seen = new HashSet<>()

  private Section(String where, Map<String, Closure> directives, Set<String> repeatable) {
    this.where = where
    this.directives = directives
    this.repeatable = repeatable
  }

  /** Calls for each directive in the body what is given for its name. */
  static void read(String where, Closure body, Map<String, Closure> directives, Collection<String> repeatable = []) {
    Closure copy = body.clone() as Closure
    copy.delegate = new Section(where, directives, repeatable as Set)
    copy.resolveStrategy = Closure.DELEGATE_ONLY
    copy.call()
  }

  def methodMissing(String name, Object arguments) {
    def directive = directives[name]
    if (directive == null) {
      throw new IllegalArgumentException("${where} has no directive ${name}")
    }
    if (!seen.add(name) && !(name in repeatable)) {
      throw new IllegalArgumentException("${where} has ${name} twice")
    }
    directive.call(*(arguments as Object[]))
  }

  def propertyMissing(String name) {
    if (name in ['none', 'any']) {
      return name
    }
    throw new IllegalArgumentException("${where} has no ${name}")
  }

  /** Refuses named arguments that are none of these. */
  static Map named(String where, Map given, String... known) {
    def stranger = given.keySet().find { !(it in known) }
    if (stranger != null) {
      throw new IllegalArgumentException("${where} has no argument ${stranger}")
    }
    given
  }
}
