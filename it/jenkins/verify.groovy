import groovy.json.JsonSlurper
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.Phases

def json = { File file -> new JsonSlurper().parse(file) }
def outside = binding.variables
def file = new File(outside.itSettings.toString(), '../../src/recipes/Jenkinsfile').canonicalFile

// Groovy's own parser takes the file
def unit = new CompilationUnit(new CompilerConfiguration())
unit.addSource('Jenkinsfile', file.text)
unit.compile(Phases.CONVERSION)
assert unit.AST.classes*.name == ['Jenkinsfile']

// the platform is this machine's, and all else is as it is shipped
def slug = json(new File(basedir, 'target/wheel-mirror/resolution.json')).targets[0].id.split('/')[0]
def shipped = "values 'debian-12-x86_64', 'ubuntu-24.04-aarch64'"
assert file.text.count(shipped) == 1
def here = file.text.replace(shipped, "values '${slug}'".toString())

// a checkout, and a machine on which `mvn` is the one under test
def sources = new File(basedir, 'sources')
new File(sources, '.mvn').mkdirs()
new File(sources, 'pom.xml').text = new File(basedir, 'pom.xml').text
new File(sources, '.mvn/maven.config').text =
    new File(basedir, '.mvn/maven.config').readLines().findAll { !it.contains('cacheDirectory') }.join('\n') + '\n'
def settings = new File(basedir, 'settings.xml')
settings.text = new File(outside.itSettings.toString()).text
    .replace('@localRepositoryUrl@', new File(outside.itOuterRepository.toString()).toURI().toString())
def mvn = new File(basedir, 'bin/mvn')
mvn.parentFile.mkdirs()
mvn.text = """#!/bin/sh
case " \$* " in *' -s '*) ;; *) set -- -s '${settings}' "\$@" ;; esac
exec '${outside.itMavenHome}/bin/mvn' '-Dmaven.repo.local=${outside.localRepositoryPath}' "\$@"
"""
assert mvn.setExecutable(true)

def loader = new GroovyClassLoader(getClass().classLoader)
loader.addClasspath(new File(basedir, 'standin').path)
def StandIn = loader.loadClass('StandIn')
def job = { String text, String name ->
  def standIn = StandIn.getConstructor(String, File, File).newInstance(text, new File(basedir, name), sources)
  standIn.environment.putAll([PATH: "${mvn.parent}:${System.getenv('PATH')}".toString(), MAVEN_OPTS: outside.itMavenOpts.toString()])
  standIn.credentials['wheel-mirror-settings'] = settings
  standIn.agent('main', 'wheel-mirror')
  standIn.agent('one', slug)
  standIn.agent('two', slug)
  standIn
}
def refused = { String text, String words ->
  try {
    StandIn.getConstructor(String, File, File).newInstance(text, basedir, sources)
  } catch (java.lang.reflect.InvocationTargetException e) {
    assert e.cause.message.contains(words) : e.cause
    return
  }
  assert false : "taken: ${words}"
}
def mirror = new File(basedir, 'mirror')
def current = { json(new File(mirror, "channels/${slug}/current.json")) }
def coverage = { int run -> json(new File(basedir, "job/archive/${run}/target/wheel-mirror/build-report.json")) }
def outcomes = { int run -> coverage(run).pins*.states.flatten()*.outcome }

// the stand-in is strict
refused(here.replace('failFast false', 'failFast true'), 'failFast')
refused(here.replace('agent none', 'agents none'), 'pipeline has no directive agents')
refused(here.replace('beforeAgent', 'beforeAgents'), 'when has no directive beforeAgents')
refused(here.replace("cron('H 2 * * *')", "cron('H 2 * *')"), 'cron')

['sh "echo ${params.WORDS}"', "bat 'echo'", "sh script: 'echo'", "stash name: 'x', include: '**'", "echo UNKNOWN"].each { step ->
  def text = "pipeline { agent { label 'wheel-mirror' }; parameters { string(name: 'WORDS', defaultValue: '') }; stages { stage('A') { steps { ${step} } } } }"
  try {
    job(text.toString(), 'strict').build()
    assert false : "taken: ${step}"
  } catch (IllegalArgumentException | MissingPropertyException e) {
    assert e.message
  }
}

def jenkins = job(here, 'job')

// a night: two shards, each on an agent with a cache of its own, become a release
def run = jenkins.build().ends('SUCCESS')
    .says('shard 1/2', 'shard 2/2', '2 shards of', 'now serves', 'Finished: SUCCESS').saysNot('is lost', 'did not report')
assert ['one', 'two'].every { new File(basedir, "job/agents/${it}/cache/wheel-mirror/wheelhouse/pool").list() }
assert run.stages == [
    'Roll back': 'NOT_BUILT', Plan: 'SUCCESS', Build: 'SUCCESS', Release: 'SUCCESS', Gather: 'SUCCESS',
    Verify: 'SUCCESS', Deploy: 'SUCCESS', ("Shard ${slug} 1".toString()): 'SUCCESS', ("Shard ${slug} 2".toString()): 'SUCCESS',
    ("Shard ${slug} 3".toString()): 'NOT_BUILT', ("Shard ${slug} 4".toString()): 'NOT_BUILT']
assert run.tests > 0 && run.failedTests == 0
assert outcomes(1).every { it.state in ['built', 'mirrored'] }
assert current().serial == 1
def archived = new File(run.archive, 'target/wheel-mirror')
assert ['report', 'plan.json', 'outcome.json', "TEST-wheel-mirror-${slug}.xml"].every { new File(archived, it).exists() }
assert ['work', 'staged', 'shards'].every { !new File(archived, it).exists() }
// only this stage sees the credential, which is gone after it
assert run.log.readLines().findAll { it.contains('+ mvn') && it.contains('secretFiles') }*.replaceFirst(/.* (wheel-mirror:\w+).*/, '$1') == ['wheel-mirror:deploy']
assert !new File(basedir, 'job/agents/main/workspace@tmp/secretFiles').exists()
def first = current().snapshot

// the shell step of a shard dies: its pins are the only ones that are missing
context.scenario.branch('master', 'idna===3.11\nsimplegeneric===0.8.1\npure===2.0\n')
    .branch('stable/2025.1', 'second===3.0\npure===2.0\n')
jenkins.onLine = { agent, variables, line -> variables.SHARD == '2' && line.contains('shard 2/2 for') ? 'kill' : null }
run = jenkins.build().ends('UNSTABLE')
    .says("shard 2 of ${slug} is lost", 'script returned exit code 137', "shard 2/2 of ${slug} did not report it".toString(), 'now serves')
assert run.stages["Shard ${slug} 2".toString()] == 'FAILURE' && run.stages["Shard ${slug} 1".toString()] == 'SUCCESS'
assert run.stages.Release == 'SUCCESS'
def lost = outcomes(2).findAll { it.state == 'failed' }
assert lost && lost.every { it.failureClass == 'lost-shard' }
assert outcomes(2).any { it.state == 'built' }
assert current().serial == 2

// and the next night brings them
jenkins.onLine = { agent, variables, line -> null }
run = jenkins.build().ends('SUCCESS').says('now serves').saysNot('is lost')
assert outcomes(3).every { it.state in ['built', 'mirrored', 'reused'] }
assert current().serial == 3

if (Boolean.getBoolean('long')) {
  // an agent is removed: another one of its label does the shard
  jenkins.agent('three', slug)
  context.scenario.branch('master', 'idna===3.11\nsimplegeneric===0.8.1\npure===3.0\n')
      .branch('stable/2025.1', 'second===4.0\npure===3.0\n')
  jenkins.onLine = { agent, variables, line -> variables.SHARD == '2' && line.contains('shard 2/2 for') && !jenkins.agents*.lost.any() ? 'lose' : null }
  run = jenkins.build().ends('SUCCESS').says('was removed. Retrying', '2 shards of', '(release 4)').saysNot('is lost')

  // the other one is removed too: the rest is released, and Jenkins calls a run aborted in which it interrupted something
  context.scenario.branch('master', 'six===1.17.0\nsimplegeneric===0.8.1\npure===3.0\n')
      .branch('stable/2025.1', 'second===4.0\npure===3.0\nidna===3.10\n')
  jenkins.onLine = { agent, variables, line -> variables.SHARD == '2' && line.contains('shard 2/2 for') ? 'lose' : null }
  run = jenkins.build().ends('ABORTED').says('was removed. Retrying', "shard 2 of ${slug} is lost", '1 shard of', 'now serves')
  assert run.stages["Shard ${slug} 2".toString()] == 'ABORTED' && run.stages.Deploy == 'SUCCESS'
  assert current().serial == 5

  // a person ends a run: nothing is gathered
  jenkins.agents.findAll { it.label == slug }*.lost = false
  jenkins.onLine = { agent, variables, line -> variables.SHARD == '1' ? 'abort' : null }
  run = jenkins.build().ends('ABORTED').says('Aborted by a person').saysNot('wheel-mirror:gather')
  assert run.stages.Release == 'NOT_BUILT'
  jenkins.onLine = { agent, variables, line -> null }
}

// back, and nothing else
def last = current()
run = jenkins.build(ROLLBACK_TO: 'previous').ends('SUCCESS')
    .says("now serves ${last.previous} (release ${last.serial + 1})".toString(), 'secretFiles')
    .saysNot('wheel-mirror:build', 'wheel-mirror:plan')
assert run.stages == ['Roll back': 'SUCCESS', Plan: 'NOT_BUILT', Build: 'NOT_BUILT', Release: 'NOT_BUILT']
assert current().snapshot == last.previous && current().previous == last.snapshot
run = jenkins.build(ROLLBACK_TO: first.substring(0, 12), ROLLBACK_CHANNEL: slug).ends('SUCCESS').says("now serves ${first}")

// a parameter is a value and no script
def hostile = ["'; touch pwned; '", '$(touch pwned)', '"; touch pwned; "', '`touch pwned`', '-Dwheel-mirror.rollback.to=previous x']
for (String each in hostile) {
  run = jenkins.build(ROLLBACK_TO: each).ends('FAILURE').says('there is no release')
}
run = jenkins.build(ROLLBACK_TO: 'previous', ROLLBACK_CHANNEL: hostile[1]).ends('FAILURE')
assert current().snapshot == first
basedir.eachFileRecurse { assert !it.name.contains('pwned') }
try {
  jenkins.build(SHARDS: '3; touch pwned')
  assert false
} catch (IllegalArgumentException e) {
  assert e.message.contains('illegal choice for parameter SHARDS')
}
return true
