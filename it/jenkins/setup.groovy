import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.index()
    .wheel('six', '1.17.0', 'py3-none-any')
    .wheel('idna', '3.10', 'py3-none-any').wheel('idna', '3.11', 'py3-none-any')
    .sdist('simplegeneric', '0.8.1')
    .sdist('pure', '1.0').sdist('pure', '2.0').sdist('pure', '3.0')
    .sdist('second', '2.0').sdist('second', '3.0').sdist('second', '4.0')
// what installers say is tried elsewhere
scenario
    .property('verifyClients', 'none').property('verifySample', '0')
    .branch('master', 'six===1.17.0\nidna===3.10\nsimplegeneric===0.8.1\npure===1.0\n')
    .branch('stable/2025.1', 'second===2.0\npure===1.0\n')
    .share(context)
return true
