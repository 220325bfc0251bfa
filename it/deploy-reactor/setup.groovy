import io.github.wheelmirror.it.LocalIndex
import io.github.wheelmirror.it.Modules
import io.github.wheelmirror.it.Scenario

def repository = Scenario.in(basedir).branch('master', 'six===1.17.0\nsimplegeneric===0.8.1\n').repository()
def index = LocalIndex.start().wheel('six', '1.17.0', 'py3-none-any').sdist('simplegeneric', '0.8.1', 'import time; time.sleep(1)')
context.index = index
def regions = { "<regions><region>\${project.basedir}/own</region><region>\${project.basedir}/../shared</region></regions>" }
Modules.in(basedir, [
    constraints: repository.url(), index: index.url(), cacheDirectory: "${basedir}/cache".toString()])
    .module('one', [:], regions())
    .module('two', [:], regions())
    .module('nothing', [constraints: ''])
    .write()
return true
