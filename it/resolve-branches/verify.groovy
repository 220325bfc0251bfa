import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Scenario

Run.first(basedir, 0).says(
    'in   master', 'requests>=2', 'stable/2024.2 at', 'no constraints file, nothing to do',
    'stable/2025.1 at', 'the file has no pins', 'unconstrained on')
def workspace = new File(basedir, 'target/wheel-mirror')
def resolution = new JsonSlurper().parse(new File(workspace, 'resolution.json'))
def reasons = resolution.refs.collectEntries { [it.ref, "${it.selected ? 'in' : 'out'}: ${it.reason}".toString()] }
assert reasons == [
    'refs/heads/feature/x': 'out: a branch: not in <branches>',
    'refs/heads/master': 'in: matches the pattern master',
    'refs/heads/stable/2023.2': 'out: retired: matches the pattern stable/2023.2',
    'refs/heads/stable/2024.1': 'out: excluded: matches the pattern stable/2024.1',
    'refs/heads/stable/2024.2': 'in: matches the pattern stable/*',
    'refs/heads/stable/2025.1': 'in: matches the pattern stable/*',
    'refs/heads/unmaintained/2023.1': 'in: matches the pattern unmaintained/2023.1',
    'refs/tags/zed-eol': 'in: matches the pattern zed-eol']
assert resolution.branches.collectEntries { [it.name, it.state] } == [
    master: 'resolved', 'stable/2024.2': 'no-file', 'stable/2025.1': 'no-pins',
    'unmaintained/2023.1': 'resolved', 'zed-eol': 'resolved']
assert workspace.list().findAll { it.endsWith('.json') && !it.startsWith('target-') } == ['resolution.json']
assert !new File(basedir, 'mirror').exists()

def before = Scenario.state(workspace)
new File(basedir, 'constraints.git').renameTo(new File(basedir, 'away.git'))
def maven = Maven.of(binding.variables).keeping('target/wheel-mirror')
maven.succeeds(['-o', 'wheel-mirror:resolve'], 'in   master')
maven.succeeds(['wheel-mirror:resolve', '-Dwheel-mirror.skip'], 'resolve is skipped by wheel-mirror.skip')
assert Scenario.changes(before, Scenario.state(workspace)) == []
maven.refuses(['-o', 'wheel-mirror:resolve', '-Dwheel-mirror.constraints=https://git.example.org/never-seen'],
    'git.example.org/never-seen', 'offline')
return true
