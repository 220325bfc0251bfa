/** Takes what is assigned in an `environment`. */
class Assigned {

  final Map params
  final Map env
  private final Map<String, String> added

  Assigned(Map params, Map env, Map<String, String> added) {
    this.params = params
    this.env = env
    this.added = added
  }

  void propertyMissing(String name, Object value) { added[name] = value.toString() }

  def propertyMissing(String name) {
    throw new IllegalArgumentException("there is no ${name} in the environment")
  }
}
