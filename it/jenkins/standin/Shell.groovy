import StandIn.Interrupted
import Stages.Place
import java.util.concurrent.TimeUnit

/** A shell step: /bin/sh in the agent's folder, until its end or until it is ended. */
class Shell {

  private final Stages stages
  private final Place place
  private final File folder

  Shell(Stages stages, Place place, File folder) {
    this.stages = stages
    this.place = place
    this.folder = folder
  }

  /** The exit code, as Jenkins sees it. */
  int run(String text) {
    folder.mkdirs()
    def file = File.createTempFile('script', '.sh', place.agent.folder)
    file.text = text
    def builder = new ProcessBuilder('/bin/sh', '-xe', file.path).directory(folder).redirectErrorStream(true)
    builder.environment().keySet().removeAll(['MAVEN_CMD_LINE_ARGS', 'MAVEN_PROJECTBASEDIR'])
    builder.environment().putAll(stages.standIn.environment)
    builder.environment().putAll([
        XDG_CACHE_HOME: new File(place.agent.folder, 'cache').path, WORKSPACE: folder.path,
        NODE_NAME: place.agent.name, BUILD_NUMBER: stages.run.number.toString()])
    builder.environment().putAll(place.environment.findAll { it.key != 'a cell' })
    def process = builder.start()
    process.outputStream.close()
    String ended = null
    process.inputStream.eachLine { line ->
      stages.run.say("[${place.agent.name}] ${line}")
      ended = ended ?: end(process, line)
    }
    assert process.waitFor(5, TimeUnit.MINUTES) : "a shell step hangs:\n${text}"
    file.delete()
    if (ended == 'lose') {
      throw new Interrupted("${place.agent.name} was removed", false, true)
    }
    if (ended == 'abort') {
      throw new Interrupted('Aborted by a person', true, false)
    }
    process.exitValue()
  }

  private String end(Process process, String line) {
    String how = stages.standIn.onLine.call(place.agent, place.environment, line)
    if (how != null) {
      place.agent.lost = how == 'lose'
      (process.descendants().toList() + [process.toHandle()]).each { it.destroyForcibly() }
    }
    how
  }
}
