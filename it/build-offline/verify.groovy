import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Scenario

context.scenario.index().close()
new File(basedir, 'constraints.git').deleteDir()
def maven = Maven.of(binding.variables).keeping('target/wheel-mirror', 'cache/wheelhouse')
def before = Scenario.state(new File(basedir, 'target'), new File(basedir, 'cache/wheelhouse'))
maven.succeeds(['-o', 'wheel-mirror:build'], 'in   master')
assert Scenario.changes(before, Scenario.state(new File(basedir, 'target'), new File(basedir, 'cache/wheelhouse'))) == []
maven.succeeds(['-o', 'wheel-mirror:deploy'], 'now serves')
maven.refuses(['-o', 'wheel-mirror:build', '-Dwheel-mirror.branches=other'], 'never fetched: refs/heads/other', 'run the same once without -o')
maven.refuses(['-o', 'wheel-mirror:build', '-Dwheel-mirror.index=http://127.0.0.1:1/simple/'],
    '2 of 2 project pages cannot be read', 'the page was never read from here', 'run once without -o')
return true
