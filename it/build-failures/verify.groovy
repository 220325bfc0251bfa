import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

def workspace = new File(basedir, 'target/wheel-mirror')
Run.first(basedir, 0).says(
    '3 of 14 pins could not be downloaded for master', '8 of 14 pins could not be built for master', '2 of 14 pins were refused for master',
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
    '  2 pins   libvirt/libvirt.h: No such file or directory', '      pins: header 1.0, header2 1.0',
    'why: the source is C and this header is not installed', 'fix: install libvirt-dev', ' and 1 more beside it',
    '  needy 1.0   No matching distribution found for nowhere<1',
    'why: the build requirements nowhere<1 cannot be installed (exit code 1): no index has a version of nowhere<1',
    'fix: name an index that has it, or loosen the <buildConstraint> that names it',
    '  hanging 1.0   the build did not end within 5 s', 'why: it hangs, waits for what no build has, or needs longer',
    "  traversal 1.0   ../escaped.txt: a path with '..'", 'why: it breaks the rules for sdists',
    'log: target/wheel-mirror/logs/hanging-1.0-',
    'what is left again with: mvn wheel-mirror:build').saysNot('Exception', 'Traceback')
assert !new File('/tmp/wheel-mirror-it-escaped').exists()
assert !workspace.parentFile.parentFile.parentFile.list().contains('escaped.txt')
assert !new File(workspace, 'build-report.json').text.contains(basedir.path)
def outcomes = new JsonSlurper().parse(new File(workspace, 'build-report.json')).pins.collectEntries {
  [it.pin - '===1.0', it.states[0].outcome.failureClass ?: it.states[0].outcome.state]
}
assert outcomes.size() == 14 && outcomes.good == 'mirrored'
assert outcomes.subMap(['cut', 'gone']).values().every { it == 'download' }
assert outcomes.subMap(['liar', 'nozip']).values().every { it == 'refused-wheel' } && outcomes.other == 'bad-wheel'
assert outcomes.subMap(['traversal', 'nobuild', 'hanging', 'flooding', 'header', 'needy']).values() as List ==
    ['unsafe-sdist', 'no-build-file', 'timeout', 'output-limit', 'missing-header', 'build-environment']
// of the failed downloads and builds only what can be resumed is kept
assert new File(basedir, 'cache/wheelhouse/pool').list() == ['sha256']

def maven = Maven.of(binding.variables).environment('PIP_RETRIES', '0')
maven.refuses(['wheel-mirror:build', '-Dwheel-mirror.failOnNew', '-Dwheel-mirror.buildTimeout=5'],
    '13 pins fail that did not before', 'hanging===1.0', 'leave out failOnNew')
maven.refuses(['wheel-mirror:deploy', '-Dwheel-mirror.minCoverage=50'], 'a channel cannot be released', '7.1')
maven.succeeds(['wheel-mirror:deploy'], 'now serves')
return true
