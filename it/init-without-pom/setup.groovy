import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.index().wheel('six', '1.17.0', 'py3-none-any')
scenario.branch('master', 'six===1.17.0\n').branch('stable/2025.1', 'six===1.17.0\n')
scenario.property('region', null).property('minCoverage', '95,stable=99.5').share(context)
return true
