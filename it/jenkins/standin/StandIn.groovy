import java.util.concurrent.ConcurrentHashMap
import org.codehaus.groovy.control.CompilerConfiguration

/**
 * Runs a declarative Jenkinsfile. This is no Jenkins: it knows the directives and steps that our file has and few more,
 * in the way that Jenkins' public sources and pages describe them. Another one, a named argument it does not know, or
 * Groovy interpolated into the text of a shell step is an error of the test.
 *
 * Real are: each shell step, run by /bin/sh in the workspace of an agent that has its own cache; stashes, archived and
 * secret files, which are copied; JUnit files, which are parsed; cells of the matrix, which run beside each other; the
 * death of a shell step or of an agent, whose processes are killed and whose workspace is out of reach then.
 *
 * Not here: the CPS transformation and the sandbox, Jenkins' own validator, controllers that restart, triggers and the
 * discarding of old runs (only their form is looked at), masking of secrets, Ant's default excludes. An agent has one
 * executor. A label whose agents are all gone ends what waits for it as a `timeout` does.
 */
class StandIn {

  static final List<String> RESULTS = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']

  /** A step failed. */
  static class Failed extends RuntimeException {
    Failed(String words) { super(words) }
  }

  /** A block was ended from outside: by a person, or since its agent or its time was gone. */
  static class Interrupted extends RuntimeException {
    final boolean byPerson
    final boolean agentLost

    Interrupted(String words, boolean byPerson, boolean agentLost) {
      super(words)
      this.byPerson = byPerson
      this.agentLost = agentLost
    }
  }

  /** A machine. */
  static class Agent {
    String name
    String label
    File folder
    volatile boolean lost
    boolean busy
  }

  /** What came of a run. */
  static class Run {
    int number
    File archive
    volatile String result = 'SUCCESS'
    final Map<String, String> stages = new ConcurrentHashMap<>()
    final Map<String, File> stashes = new ConcurrentHashMap<>()
    final StringBuffer log = new StringBuffer()
    int tests
    int failedTests

    /** The worse of the result so far and this one, as in Jenkins. */
    synchronized void worsen(String other) { result = worse(result, other) }

    synchronized void worsenStage(String stage, String other) {
      stages[stage] = worse(stages.getOrDefault(stage, 'SUCCESS'), other)
    }

    static String worse(String one, String other) {
      RESULTS.indexOf(other) > RESULTS.indexOf(one) ? other : one
    }

    void say(String words) { log.append(words).append('\n') }

    /** The log has these words, or the test fails with all of it. */
    Run says(String... words) {
      words.each { assert log.contains(it) : "'${it}' is not in the log of run ${number}:\n${log}" }
      this
    }

    Run saysNot(String... words) {
      words.each { assert !log.contains(it) : "'${it}' is in the log of run ${number}:\n${log}" }
      this
    }

    Run ends(String expected) {
      assert result == expected : "run ${number} ended ${result}:\n${log}"
      this
    }
  }

  final String text
  final File folder
  final File sources
  final List<Agent> agents = []
  /** Secret files by the id of the credential. */
  final Map<String, File> credentials = [:]
  /** What each agent has in its environment. */
  final Map<String, String> environment = [:]
  /**
   * Asked for each line that a shell step prints, with the agent and the step's environment: `kill` (the shell step
   * dies), `lose` (its agent does), `abort` (a person ends the run), or null.
   */
  Closure<String> onLine = { Agent agent, Map<String, String> variables, String line -> null }
  private int runs

  /**
   * @param text of the Jenkinsfile
   * @param folder where agents have their folders and runs their archives
   * @param sources what a checkout brings
   */
  StandIn(String text, File folder, File sources) {
    this.text = text
    this.folder = folder
    this.sources = sources
    declared()
  }

  /** The file's parts, read anew: a run shares no variable with another one. */
  private Map declared() {
    def script = new GroovyShell(getClass().classLoader, new Binding()).parse(text, 'Jenkinsfile')
    Map declared = null
    script.metaClass.pipeline = { Closure body ->
      assert declared == null : 'there are two pipelines'
      declared = Declared.pipeline(body)
    }
    script.run()
    assert declared != null : 'there is no pipeline'
    declared.script = script
    declared
  }

  Agent agent(String name, String label) {
    def agent = new Agent(name: name, label: label, folder: new File(folder, "agents/${name}"))
    agents << agent
    agent
  }

  /** Runs the job. The parameters that are not given have their default values. */
  Run build(Map<String, Object> given = [:]) {
    def declared = declared()
    def stranger = given.keySet().find { !declared.parameters.containsKey(it) }
    if (stranger) {
      throw new IllegalArgumentException("there is no parameter ${stranger}")
    }
    Map params = declared.parameters.collectEntries { name, one -> [name, one.value(given[name])] }
    int number = ++runs
    def run = new Run(number: number, archive: new File(folder, "archive/${number}"))
    try {
      new Stages(this, run, params, declared.script).pipeline(declared)
    } catch (Failed | Interrupted e) {
      run.say("ERROR: ${e.message}")
      run.worsen(e instanceof Interrupted ? 'ABORTED' : 'FAILURE')
    }
    run.say("Finished: ${run.result}")
    run
  }

  /** Waits for an agent of the label. */
  synchronized Agent take(String label) {
    while (true) {
      def all = agents.findAll { it.label == label && !it.lost }
      if (all.empty) {
        throw new Interrupted("the time was over before an agent ${label} came", false, false)
      }
      def free = all.find { !it.busy }
      if (free) {
        free.busy = true
        return free
      }
      wait()
    }
  }

  synchronized void free(Agent agent) {
    agent.busy = false
    notifyAll()
  }
}
