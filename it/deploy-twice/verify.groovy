import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Scenario

def log = Run.first(basedir, 0).says('[2/2]', 'now serves').log()
def goals = (log =~ /wheel-mirror(?:-maven-plugin)?:[^:]+:(\w+) \(default-/).collect { it[1] }
assert goals == ['resolve', 'plan', 'build', 'snapshot', 'verify', 'deploy']
def index = context.scenario.index()
assert index.requests().count { it == 'GET /simple/six/' } == 1

def state = { Scenario.state(*['target/wheel-mirror', 'mirror', 'cache/wheelhouse'].collect { new File(basedir, it) }) }
def before = state()
index.forgetRequests()
Maven.of(binding.variables).succeeds(['deploy'], 'nothing to release').saysNot('[1/')
assert Scenario.changes(before, state()) == []
assert index.requests().every { it.startsWith('GET /simple/') } && index.requests().size() == 2
return true
