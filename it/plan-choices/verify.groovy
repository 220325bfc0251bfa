import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

def states = {
  def plan = new JsonSlurper().parse(new File(basedir, 'target/wheel-mirror/plan.json'))
  plan.pins.collectEntries { pin ->
    [pin.pin.toString(), pin.states.collect { "${it.state.state} ${it.branches.join(' ')}".toString() }.join()]
  }
}
def both = { String state -> "${state} master stable/2025.1".toString() }
def expected = [
    'absent===1.0': 'unsatisfiable stable/2025.1', 'iso8601===2.1.0': both('mirror'),
    'old===1.0': both('not-applicable'), 'pip===25.0': 'mirror stable/2025.1',
    'setuptools===80.9.0': both('mirror'), 'simplegeneric===0.8.1': both('build'),
    'six===1.17.0': both('mirror'), 'typing===3.7.4.3': both('excluded')]
Run.first(basedir, 0).says('iso8601', '2020-01-01', '6 project pages', '1 builds',
    'overrides of 1 pins: environment 1, build constraint 1', 'the override of six changes nothing').saysNot('mirrored (')
assert states() == expected
assert context.scenario.index().requests().toSorted() ==
    ['absent', 'iso8601', 'pip', 'setuptools', 'simplegeneric', 'six'].collect { "GET /simple/${it}/" }
assert !new File(basedir, 'cache/wheelhouse').exists() && !new File(basedir, 'mirror').exists()

def maven = Maven.of(binding.variables)
maven.succeeds(['wheel-mirror:plan', '-Dwheel-mirror.upstreamWheels=skip'], 'upstream')
assert states() == expected.collectEntries { [it.key, it.value.replace('mirror', 'upstream')] }
maven.succeeds(['wheel-mirror:plan', '-Dwheel-mirror.upstreamWheels=rebuild'], '2 builds')
assert states() == expected + ['six===1.17.0': both('build')]
return true
