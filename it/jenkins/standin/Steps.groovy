import StandIn.Failed
import StandIn.Interrupted
import Stages.Place
import java.nio.file.Files
import java.nio.file.FileSystems
import java.nio.file.LinkOption
import java.nio.file.StandardCopyOption
import javax.xml.parsers.DocumentBuilderFactory

/** The steps, at a place. */
class Steps {

  private final Stages stages
  private final Place place

  Steps(Stages stages, Place place) {
    this.stages = stages
    this.place = place
  }

  Map getEnv() { place.environment }

  Map getParams() { stages.params }

  File getScm() { stages.standIn.sources }

  /** A variable of the environment, or of the file. */
  def propertyMissing(String name) {
    place.environment.containsKey(name) ? place.environment[name] : stages.script.getProperty(name)
  }

  def methodMissing(String name, Object arguments) {
    throw new IllegalArgumentException("there is no step ${name} for ${(arguments as Object[])*.class*.simpleName}")
  }

  // steps without an agent

  void echo(String words) { stages.run.say(words) }

  void error(String words) { throw new Failed(words) }

  /** Jenkins runs no two of them at once. */
  void script(Closure body) { synchronized (stages.run) { stages.steps(body, place) } }

  void catchError(Map given, Closure body) {
    Section.named('catchError', given, 'buildResult', 'stageResult', 'message', 'catchInterruptions')
    try {
      stages.steps(body, place)
    } catch (Failed e) {
      caught(given, e, given.buildResult ?: 'FAILURE', given.stageResult ?: 'SUCCESS')
    } catch (Interrupted e) {
      if (given.catchInterruptions == false && e.byPerson) {
        throw e
      }
      // whatever the arguments say
      caught(given, e, 'ABORTED', 'ABORTED')
    }
  }

  private void caught(Map given, RuntimeException e, String result, String ofStage) {
    stages.run.say("ERROR: ${given.message}")
    stages.run.say("ERROR: ${e.message}")
    stages.run.worsen(result)
    stages.run.worsenStage(place.stage, ofStage)
  }

  void timeout(Map given, Closure body) {
    Section.named('timeout', given, 'time', 'unit')
    stages.steps(body, place)
  }

  void retry(Map given, Closure body) {
    Section.named('retry', given, 'count', 'conditions')
    for (int tried = 1; ; tried++) {
      try {
        stages.steps(body, place)
        return
      } catch (Interrupted e) {
        if (tried == given.count || !e.agentLost || !('agent' in given.conditions)) {
          throw e
        }
        stages.run.say("${e.message}. Retrying")
      }
    }
  }

  String agent() { 'agent' }

  String nonresumable() { 'nonresumable' }

  void node(String label, Closure body) {
    def agent = stages.standIn.take(label)
    try {
      stages.run.say("Running on ${agent.name}")
      def folder = new File(agent.folder, 'workspace')
      folder.mkdirs()
      stages.steps(body, place.with(agent: agent, folder: folder))
    } finally {
      stages.standIn.free(agent)
    }
  }

  // steps on an agent

  private File folder() {
    if (place.agent == null) {
      throw new Failed('Required context class hudson.FilePath is missing')
    }
    if (place.agent.lost) {
      throw new Failed("${place.agent.name} is gone")
    }
    place.folder
  }

  void checkout(File sources) { copy(sources, files(sources, '**', ''), folder()) }

  void dir(String path, Closure body) {
    stages.steps(body, place.with(folder: new File(folder(), path)))
  }

  void deleteDir() { folder().deleteDir() }

  void sh(CharSequence text) {
    if (!(text instanceof String)) {
      throw new IllegalArgumentException("Groovy writes into the text of a shell step: ${text}")
    }
    def status = new Shell(stages, place, folder()).run(text)
    if (status != 0) {
      throw new Failed("script returned exit code ${status}")
    }
  }

  void stash(Map given) {
    Section.named('stash', given, 'name', 'includes', 'excludes', 'allowEmpty')
    def found = files(folder(), given.includes ?: '**', given.excludes ?: '')
    if (found.empty && !given.allowEmpty) {
      throw new Failed("No files included in stash '${given.name}'")
    }
    def to = new File(stages.standIn.folder, "stashes/${stages.run.number}/${given.name}")
    to.deleteDir()
    to.mkdirs()
    copy(folder(), found, to)
    stages.run.stashes[given.name.toString()] = to
  }

  void unstash(CharSequence name) {
    def from = stages.run.stashes[name.toString()]
    if (from == null) {
      throw new Failed("No such saved stash '${name}'")
    }
    copy(from, files(from, '**', ''), folder())
  }

  void archiveArtifacts(Map given) {
    Section.named('archiveArtifacts', given, 'artifacts', 'excludes', 'allowEmptyArchive')
    def found = files(folder(), given.artifacts, given.excludes ?: '')
    if (found.empty && !given.allowEmptyArchive) {
      throw new Failed("No artifacts found that match ${given.artifacts}")
    }
    copy(folder(), found, stages.run.archive)
  }

  void junit(Map given) {
    Section.named('junit', given, 'testResults', 'allowEmptyResults')
    def found = files(folder(), given.testResults, '')
    if (found.empty && !given.allowEmptyResults) {
      throw new Failed('No test report files were found')
    }
    for (String file : found) {
      def root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(folder(), file)).documentElement
      assert root.tagName in ['testsuite', 'testsuites'] : file
      stages.run.tests += root.getElementsByTagName('testcase').length
      int failed = root.getElementsByTagName('failure').length + root.getElementsByTagName('error').length
      stages.run.failedTests += failed
      if (failed > 0) {
        stages.run.worsen('UNSTABLE')
        stages.run.worsenStage(place.stage, 'UNSTABLE')
      }
    }
  }

  Map file(Map given) { Section.named('file', given, 'credentialsId', 'variable') }

  void withCredentials(List<Map> bindings, Closure body) {
    def secrets = new File("${folder()}@tmp/secretFiles")
    try {
      def added = bindings.collectEntries { one ->
        def secret = stages.standIn.credentials[one.credentialsId]
        if (secret == null) {
          throw new Failed("Could not find credentials entry with ID '${one.credentialsId}'")
        }
        secrets.mkdirs()
        def there = new File(secrets, secret.name)
        there.bytes = secret.bytes
        [one.variable, there.path]
      }
      stages.steps(body, place.with(environment: place.environment + added))
    } finally {
      secrets.deleteDir()
    }
  }

  /** Files below the folder, by Ant's patterns with commas. */
  private static List<String> files(File folder, String includes, String excludes) {
    if (!folder.exists()) {
      return []
    }
    def matchers = { String patterns -> patterns.split(',').findAll { it }.collect {
        FileSystems.default.getPathMatcher("glob:${it.trim()}") } }
    def included = matchers(includes)
    def excluded = matchers(excludes)
    Files.walk(folder.toPath()).withCloseable { all ->
      all.filter { Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(it) }
          .map { folder.toPath().relativize(it) }
          .filter { path -> included.any { it.matches(path) } && !excluded.any { it.matches(path) } }
          .map { it.toString() }.sorted().toList()
    }
  }

  private static void copy(File from, List<String> files, File to) {
    for (String each : files) {
      def target = to.toPath().resolve(each)
      Files.createDirectories(target.parent)
      Files.copy(from.toPath().resolve(each), target, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS)
    }
  }
}
