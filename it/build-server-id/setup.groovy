import io.github.wheelmirror.it.Scenario
import io.github.wheelmirror.it.SyntheticFiles

def scenario = Scenario.in(basedir)
def index = scenario.index().login('reader', 'r1ght p@ss')
index.wheel('six', '1.17.0', 'py3-none-any').wheel('helper', '1.0', 'py3-none-any')
index.file('needy', 'needy-1.0.tar.gz',
    SyntheticFiles.sdist('needy', 'needy', '1.0', 'import helper', ['helper']), '')
scenario.property('indexServerId', 'it-index').branch('master', 'six===1.17.0\nneedy===1.0\n').share(context)
return true
