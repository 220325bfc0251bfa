import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
['1.16.0', '1.17.0'].each { scenario.index().wheel('six', it, 'py3-none-any') }
scenario.index().wheel('iso8601', '2.1.0', 'py3-none-any')
scenario
    .branch('master', 'six===1.17.0\n')
    .branch('stable/2025.1', 'six===1.16.0\n')
    .share(context)
return true
