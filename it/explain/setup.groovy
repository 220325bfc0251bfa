import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.index()
    .wheel('six', '1.16.0', 'py3-none-any')
    .wheel('six', '1.17.0', 'py3-none-any')
    .sdist('simplegeneric', '0.8.1')
    .keptFor(0)
scenario
    .branch('master', 'six===1.16.0\nsimplegeneric===0.8.1\nold===1.0;python_version<"3"\n')
    .branch('stable/2025.1', 'six===1.17.0\n')
    .share(context)
return true
