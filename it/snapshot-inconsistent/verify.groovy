import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

Run.first(basedir, 0).says('-- resolve', '-- plan', '-- build', '-- snapshot')
def workspace = new File(basedir, 'target/wheel-mirror')
def maven = Maven.of(binding.variables).keeping('target/wheel-mirror', 'cache/wheelhouse')
def tampered = { File file, Closure change, List goals, String... words ->
  def before = file.text
  file.setWritable(true)
  file.text = change(before)
  maven.refuses(goals, words)
  file.text = before
}
def resolution = new File(workspace, 'resolution.json')
tampered(resolution, { it.replace('master', 'main') }, ['wheel-mirror:snapshot'],
    'do not fit together', 'plan.json was made from another resolution.json', 'run mvn wheel-mirror:build')
tampered(resolution, { it.replace('"schemaVersion" : 2', '"schemaVersion" : 99') }, ['wheel-mirror:snapshot'],
    'has schema version 99', 'reads schema version 2', 'delete it and run again')
def report = new File(workspace, 'build-report.json')
tampered(report, { it.substring(0, 200) }, ['wheel-mirror:snapshot'], 'build-report.json cannot be read')
tampered(report, { '{"schemaVersion": 2}' }, ['wheel-mirror:deploy'],
    'build-report.json cannot be read', 'its content is of another kind', 'copy it again')
def wheel
new File(basedir, 'cache/wheelhouse').eachFileRecurse { if (it.name.endsWith('.whl')) wheel = it }
wheel.setWritable(true)
wheel.text = 'PK'
def index = context.scenario.index()
index.failWith(403)
Maven.of(binding.variables).keeping('target/wheel-mirror').refuses(['wheel-mirror:deploy'],
    'is damaged and taken for absent', 'wheel of build-report.json is in no wheelhouse', 'bring back the wheelhouse',
    'run mvn wheel-mirror:build')
assert !wheel.exists()
assert !new File(basedir, 'mirror').exists()
index.failWith(0)
Maven.of(binding.variables).succeeds(['wheel-mirror:deploy'], '[1/1] six-1.17.0-py3-none-any.whl: mirrored', 'now serves')
assert wheel.exists()
return true
