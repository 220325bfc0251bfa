import StandIn.Agent
import StandIn.Failed
import StandIn.Interrupted
import StandIn.Run
import java.util.concurrent.Callable
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executors

/** Runs the stages of a pipeline. */
class Stages {

  /** Where and in which stage steps run. */
  static class Place {
    Map<String, String> environment = [:]
    Agent agent
    File folder
    String stage = ''

    Place with(Map changes) {
      new Place([environment: environment, agent: agent, folder: folder, stage: stage] + changes)
    }
  }

  final StandIn standIn
  final Run run
  final Map params
  final Script script

  Stages(StandIn standIn, Run run, Map params, Script script) {
    this.standIn = standIn
    this.run = run
    this.params = params
    this.script = script
  }

  void pipeline(Map declared) {
    onAgent(declared.agent, inEnvironment(declared.environment, new Place())) { Place place ->
      withPost(declared.post, place) { sequence(declared.stages, place) }
    }
  }

  /** Calls the body of steps with what is there at the place. */
  Object steps(Closure body, Place place) {
    Closure copy = body.clone() as Closure
    copy.delegate = new Steps(this, place)
    copy.resolveStrategy = Closure.DELEGATE_ONLY
    copy.call()
  }

  /** Runs it on an agent of the label, or where it is for a label that is null. */
  void onAgent(String label, Place place, Closure body) {
    if (label == null || label == 'none') {
      body.call(label == null ? place : place.with(agent: null, folder: null))
      return
    }
    def agent = standIn.take(label)
    try {
      run.say("Running on ${agent.name}")
      def inside = place.with(agent: agent, folder: new File(agent.folder, 'workspace'))
      inside.folder.mkdirs()
      new Steps(this, inside).checkout(standIn.sources)
      body.call(inside)
    } finally {
      standIn.free(agent)
    }
  }

  private void sequence(List<Map> stages, Place place) {
    RuntimeException first = null
    for (Map each : stages) {
      if (first != null) {
        run.worsenStage(named(each.name, place), 'NOT_BUILT')
        run.say("Stage \"${each.name}\" skipped due to earlier failure(s)")
        continue
      }
      try {
        stage(each, place)
      } catch (Failed | Interrupted e) {
        first = e
      }
    }
    if (first != null) {
      throw first
    }
  }

  /** A stage's name; in a cell with the cell's. */
  private static String named(String name, Place place) {
    place.environment.containsKey('a cell') ? "${name} ${place.environment['a cell']}" : name
  }

  private void stage(Map stage, Place outside) {
    def place = outside.with(stage: named(stage.name, outside))
    if (!holds(stage.when, place)) {
      run.worsenStage(place.stage, 'NOT_BUILT')
      run.say("Stage \"${stage.name}\" skipped due to when conditional")
      return
    }
    run.worsenStage(place.stage, 'SUCCESS')
    try {
      onAgent(stage.agent, place) { Place inside ->
        inside = inEnvironment(stage.environment, inside)
        withPost(stage.post, inside) {
          if (stage.steps != null) {
            steps(stage.steps, inside)
          } else if (stage.stages != null) {
            sequence(stage.stages, inside)
          } else if (stage.parallel != null) {
            branches(stage.parallel.collect { one -> { -> this.stage(one, inside) } })
          } else {
            matrix(stage.matrix, inside)
          }
        }
      }
    } catch (Failed | Interrupted e) {
      run.worsenStage(place.stage, e instanceof Interrupted ? 'ABORTED' : 'FAILURE')
      throw e
    }
  }

  private void matrix(Map matrix, Place place) {
    def axes = matrix.axes.keySet() as List
    branches((matrix.axes.values() as List).combinations().collect { values -> { ->
        Map cell = [axes, values].transpose().collectEntries()
        def inside = place.with(environment: place.environment + cell + ['a cell': values.join(' ')])
        if (holds(matrix.when, inside)) {
          onAgent(matrix.agent, inside) { Place on -> sequence(matrix.stages, on) }
        } else {
          matrix.stages.each { run.worsenStage(named(it.name, inside), 'NOT_BUILT') }
        }
      } })
  }

  /** Runs all at once to their ends, and ends as the first that failed. */
  private static void branches(List<Closure> all) {
    def threads = Executors.newFixedThreadPool(all.size())
    try {
      RuntimeException first = null
      for (def future : threads.invokeAll(all.collect { one -> ({ one.call() } as Callable) })) {
        try {
          future.get()
        } catch (ExecutionException e) {
          if (!(e.cause instanceof Failed || e.cause instanceof Interrupted)) {
            throw e
          }
          first = first ?: (e.cause as RuntimeException)
        }
      }
      if (first != null) {
        throw first
      }
    } finally {
      threads.shutdownNow()
    }
  }

  private void withPost(Map<String, Closure> post, Place place, Closure body) {
    RuntimeException error = null
    try {
      body.call()
    } catch (Failed | Interrupted e) {
      error = e
    }
    for (String condition : ['always', 'aborted', 'failure', 'success', 'unstable']) {
      String result = error == null ? run.result : Run.worse(run.result, error instanceof Interrupted ? 'ABORTED' : 'FAILURE')
      if (post?.containsKey(condition) && (condition == 'always' || condition.toUpperCase(Locale.ROOT) == result)) {
        try {
          steps(post[condition], place)
        } catch (Failed | Interrupted e) {
          run.say("Error when executing ${condition} post condition: ${e.message}")
          error = error ?: e
        }
      }
    }
    if (error != null) {
      throw error
    }
  }

  private boolean holds(List<Closure<Boolean>> when, Place place) {
    when == null || when.every { it.call({ Closure c -> steps(c, place) }, place.environment) }
  }

  private Place inEnvironment(Closure body, Place place) {
    if (body == null) {
      return place
    }
    Map<String, String> added = [:]
    Closure copy = body.clone() as Closure
    copy.delegate = new Assigned(params, place.environment, added)
    copy.resolveStrategy = Closure.DELEGATE_ONLY
    copy.call()
    place.with(environment: place.environment + added)
  }
}
