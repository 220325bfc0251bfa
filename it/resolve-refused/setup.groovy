import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.index().login('reader', 'right')
scenario.branch('master', 'six===1.17.0\n').branch('stable/2025.1', 'six===1.17.0\n').share(context)
return true
