import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Scenario

def log = Run.first(basedir, 0).says('no <constraints> here, nothing to mirror in this module').log()
assert log.count('own: ') >= 2
def released = ['one/own', 'two/own', 'shared'].collect { new File(basedir, "${it}/channels").listFiles()[0] }
assert released.collect { new File(it, 'current').canonicalFile.name }.toSet().size() == 1
assert released.every { new File(it, 'current.json').text.contains('"serial" : 1') }
def folders = ['one', 'two', 'shared', 'cache/wheelhouse'].collect { new File(basedir, it) } as File[]
def before = Scenario.state(folders)
Maven.of(binding.variables).succeeds(['-T2', '-pl', '!:deploy-reactor', 'deploy'], 'nothing to release')
assert Scenario.changes(before, Scenario.state(folders)) == []
return true
