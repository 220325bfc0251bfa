import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.index()
    .wheel('six', '1.16.0', 'py3-none-any').wheel('six', '1.17.0', 'py3-none-any')
    .wheel('attrs', '24.2.0', 'py3-none-any').wheel('idna', '3.10', 'py3-none-any')
scenario
    .branch('master', 'six===1.16.0\nattrs===24.2.0\n')
    .share(context)
return true
