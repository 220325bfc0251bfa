import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Scenario

def unchanged = 'nothing changed since the last one'
def index = context.scenario.index()
def maven = Maven.of(binding.variables)
def state = { Scenario.state(*['target', 'cache', 'constraints.git'].collect { new File(basedir, it) }) }
def seesNothing = { String... words ->
    def before = state()
    index.forgetRequests()
    maven.succeeds(['wheel-mirror:build'], 'build: ' + unchanged + ': ', *words)
    assert Scenario.changes(before, state()) == []
    assert index.requests() == []
}
def looks = { List<String> arguments, String... words ->
    maven.succeeds([*arguments, 'wheel-mirror:build'], words).saysNot(unchanged)
}

// the first one has warned of its work, or wrote files a moment before it read them
maven.run('wheel-mirror:build')
seesNothing('1 branch, 2 wheels in the wheelhouse')

index.forgetRequests()
looks(['-U'], 'plan: everything in it is done')
assert index.requests() as Set == ['GET /simple/six/', 'GET /simple/simplegeneric/'] as Set
seesNothing()
looks(['-X', '-Dwheel-mirror.builds=1'], 'looking again: the configuration is another one')

// a commit
def repository = context.scenario.repository()
repository.branch('stable/2025.1', 'six===1.17.0\nrequests>=2\n')
looks(['-X'], 'looking again: ', 'refs', 'requests>=2')
looks([], 'requests>=2')
seesNothing('2 branches, 2 wheels', 'stable/2025.1', 'requests>=2: a range, not one exact version')

// a wheel is lost
new File(basedir, 'cache/wheelhouse').eachFileRecurse { if (it.name.startsWith('six-')) assert it.delete() }
looks([], 'six-1.17.0-py3-none-any.whl: mirrored')
maven.run('wheel-mirror:build')
seesNothing()

// a broken witness is none
new File(basedir, 'cache/witnesses').eachFile { it.text = it.text.take(40) }
looks([])
seesNothing()
return true
