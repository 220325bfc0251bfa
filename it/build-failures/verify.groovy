import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

def workspace = new File(basedir, 'target/wheel-mirror')
Run.first(basedir, 0).says(
    '11 of 12 pins are not built or fetched for master',
    'is not the file that the index promised', 'it was fetched twice', 'tell its operator',
    'bytes received: ', '2 times', 'see whether the server can be reached from here',
    'the server answered 404 although the index lists the file', 'make the plan again: mvn wheel-mirror:plan',
    'liar-1.0-py3-none-any.whl is not a sound wheel', "'honest-2.0.dist-info' is not of liar 1.0",
    'no end record: cut off, or no ZIP', 'name an index that has a sound file of it',
    "../escaped.txt: a path with '..'", "upstream's sdist is at fault",
    'neither pyproject.toml nor setup.py',
    'the build did not end within 5 s', 'give it longer with -Dwheel-mirror.buildTimeout=SECONDS',
    'the build printed more than', 'see the log for what it repeats',
    "'other-2.0-py3-none-any.whl' is not other 1.0",
    'header libvirt/libvirt.h is not installed', 'install libvirt-dev (Debian)',
    'log: target/wheel-mirror/logs/hanging-1.0-',
    'Try what is left again with: mvn wheel-mirror:build').saysNot('Exception', 'Traceback')
assert !new File('/tmp/wheel-mirror-it-escaped').exists()
assert !workspace.parentFile.parentFile.parentFile.list().contains('escaped.txt')
def outcomes = new JsonSlurper().parse(new File(workspace, 'build-report.json')).pins.collectEntries {
  [it.pin - '===1.0', it.states[0].outcome.failureClass ?: it.states[0].outcome.state]
}
assert outcomes.size() == 12 && outcomes.good == 'mirrored'
assert outcomes.subMap(['cut', 'gone']).values().every { it == 'download' }
assert outcomes.subMap(['liar', 'nozip', 'other']).values().every { it == 'bad-wheel' }
assert outcomes.subMap(['traversal', 'nobuild', 'hanging', 'flooding', 'header']).values() as List ==
    ['unsafe-sdist', 'no-build-file', 'timeout', 'output-limit', 'missing-header']
// of the failed downloads and builds only what can be resumed is kept
assert new File(basedir, 'cache/wheelhouse/pool').list() == ['sha256']

def maven = Maven.of(binding.variables).environment('PIP_RETRIES', '0')
maven.refuses(['wheel-mirror:build', '-Dwheel-mirror.failOnNew', '-Dwheel-mirror.buildTimeout=5'],
    '11 pins fail that did not before', 'hanging===1.0', 'leave out failOnNew')
maven.refuses(['wheel-mirror:deploy', '-Dwheel-mirror.minCoverage=50'], 'a channel cannot be released', '8.3')
maven.succeeds(['wheel-mirror:deploy'], 'now serves')
return true
