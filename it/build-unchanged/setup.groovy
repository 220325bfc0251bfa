import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.index().keptFor(3600).wheel('six', '1.17.0', 'py3-none-any').sdist('simplegeneric', '0.8.1')
scenario
    .branch('master', 'six===1.17.0\nsimplegeneric===0.8.1\n')
    .share(context)
return true
