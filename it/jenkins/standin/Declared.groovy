/** Reads the directives of a pipeline into maps; the bodies of steps are kept as they are. */
class Declared {

  /** A parameter of the job. */
  static class Parameter {
    String kind
    Map given

    /** The value of a run, or a refusal as the form and the API of Jenkins give it. */
    Object value(Object value) {
      if (kind == 'choice') {
        def chosen = value ?: given.choices[0]
        if (!(chosen in given.choices)) {
          throw new IllegalArgumentException("illegal choice for parameter ${given.name}: ${chosen}")
        }
        return chosen
      }
      def chosen = value == null ? given.defaultValue : value
      kind == 'booleanParam' ? chosen as boolean : given.trim ? chosen.toString().trim() : chosen.toString()
    }
  }

  static Map pipeline(Closure body) {
    Map all = [parameters: [:]]
    Section.read('pipeline', body, [
        agent: { all.agent = agent(it) },
        parameters: { Closure c -> all.parameters = parameters(c) },
        triggers: { Closure c -> triggers(c) },
        options: { Closure c -> options(c) },
        environment: { Closure c -> all.environment = c },
        stages: { Closure c -> all.stages = stages('stages', c) },
        post: { Closure c -> all.post = post('pipeline', c) }])
    assert all.agent && all.stages : 'a pipeline has an agent and stages'
    all
  }

  private static String agent(Object given) {
    if (given in ['none', 'any']) {
      return given
    }
    String label = null
    Section.read('agent', given as Closure, [label: { String one -> label = one }])
    assert label : 'an agent has a label'
    label
  }

  private static Map<String, Parameter> parameters(Closure body) {
    Map<String, Parameter> all = [:]
    def kind = { String kind, Object[] known -> { Map given ->
        Section.named(kind, given, *(['name', 'description', *known]))
        assert !all.containsKey(given.name) : "parameter ${given.name} is there twice"
        all[given.name] = new Parameter(kind: kind, given: given)
      } }
    Section.read('parameters', body, [
        string: kind('string', 'defaultValue', 'trim'),
        booleanParam: kind('booleanParam', 'defaultValue'),
        choice: kind('choice', 'choices')], ['string', 'booleanParam', 'choice'])
    all
  }

  private static void triggers(Closure body) {
    Section.read('triggers', body, [cron: { String spec ->
        assert spec.split(' ').length == 5 && spec.split(' ').every { it ==~ /H|\*|\d+/ } : "cron('${spec}')" }])
  }

  private static void options(Closure body) {
    Section.read('options', body, [
        disableConcurrentBuilds: { },
        preserveStashes: { },
        timeout: { Map given -> Section.named('timeout', given, 'time', 'unit') },
        buildDiscarder: { assert it == 'a rotator' },
        logRotator: { Map given -> Section.named('logRotator', given, 'numToKeepStr', 'artifactNumToKeepStr'); 'a rotator' }])
  }

  private static List<Map> stages(String where, Closure body) {
    List<Map> all = []
    Section.read(where, body, [stage: { String name, Closure c -> all << stage(name, c) }], ['stage'])
    assert all && all*.name.toSet().size() == all.size() : "${where}: each stage has a name of its own"
    all
  }

  private static Map stage(String name, Closure body) {
    Map all = [name: name]
    Section.read("stage ${name}", body, [
        agent: { all.agent = agent(it) },
        when: { Closure c -> all.when = when(c) },
        environment: { Closure c -> all.environment = c },
        failFast: { boolean given -> all.failFast = given },
        steps: { Closure c -> all.steps = c },
        stages: { Closure c -> all.stages = stages("stage ${name}", c) },
        parallel: { Closure c -> all.parallel = stages("stage ${name}", c) },
        matrix: { Closure c -> all.matrix = matrix(name, c) },
        post: { Closure c -> all.post = post("stage ${name}", c) }])
    assert ['steps', 'stages', 'parallel', 'matrix'].count { all[it] != null } == 1 : "stage ${name} has one kind of content"
    boolean branches = all.parallel != null || all.matrix != null
    assert branches || all.failFast == null : "stage ${name} has failFast and nothing parallel"
    assert !branches || all.agent == null : "stage ${name} has an agent and branches"
    assert !all.failFast : 'failFast is not known here'
    all
  }

  private static Map matrix(String name, Closure body) {
    Map all = [name: name, axes: [:]]
    Section.read("matrix of ${name}", body, [
        when: { Closure c -> all.when = when(c) },
        agent: { all.agent = agent(it) },
        axes: { Closure c -> Section.read('axes', c, [axis: { Closure one -> axis(one, all.axes) }], ['axis']) },
        stages: { Closure c -> all.stages = stages("matrix of ${name}", c) }])
    assert all.axes && all.stages : "the matrix of ${name} has axes and stages"
    assert all.stages.every { it.parallel == null && it.matrix == null } : 'a matrix has no branches inside'
    all
  }

  private static void axis(Closure body, Map axes) {
    String named = null
    List of = null
    Section.read('axis', body, [name: { String one -> named = one }, values: { Object... all -> of = all as List }])
    assert named ==~ /[A-Z_]+/ && of && of.every { it instanceof String } && of.toSet().size() == of.size()
    assert !axes.containsKey(named)
    axes[named] = of
  }

  /** The conditions, all of which must hold: each is asked with something that evaluates a closure and the environment. */
  private static List<Closure<Boolean>> when(Closure body) {
    List<Closure<Boolean>> all = []
    boolean conditions = false
    Section.read('when', body, [
        beforeAgent: { boolean given -> assert given },
        expression: { Closure c -> all << { Closure evaluate, Map environment -> evaluate(c) as boolean } },
        environment: { Map given ->
            Section.named('environment', given, 'name', 'value')
            all << { Closure evaluate, Map environment -> environment[given.name] == given.value } },
        not: { Closure c ->
            def inner = when(c)
            assert inner.size() == 1 : 'not has one condition'
            all << { Closure evaluate, Map environment -> !inner[0].call(evaluate, environment) } }],
        ['expression', 'environment', 'not'])
    assert all : 'a when has a condition'
    all
  }

  private static Map<String, Closure> post(String where, Closure body) {
    Map<String, Closure> all = [:]
    def conditions = ['always', 'aborted', 'failure', 'success', 'unstable']
    Section.read("post of ${where}", body, conditions.collectEntries { name -> [name, { Closure c -> all[name] = c }] })
    all
  }
}
