import io.github.wheelmirror.it.Scenario
import io.github.wheelmirror.it.SyntheticFiles

def scenario = Scenario.in(basedir)
scenario.index().wheel('six', '1.17.0', 'py3-none-any').sdist('simplegeneric', '0.8.1')
def files = ['netaddr.py': 'x = 1', 'tests/old.py': "print 'x'"]
scenario.index().file('netaddr', 'netaddr-1.3.0-py3-none-any.whl', SyntheticFiles.wheelOf('netaddr', '1.3.0', files, []), '')
scenario
    .branch('master', 'six===1.17.0\nsimplegeneric===0.8.1\nnetaddr===1.3.0\nabsent===1.0\n')
    .share(context)
return true
