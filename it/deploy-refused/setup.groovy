import io.github.wheelmirror.it.LocalIndex
import io.github.wheelmirror.it.Modules
import io.github.wheelmirror.it.Scenario

def repository = Scenario.in(basedir)
    .branch('master', 'six===1.17.0\n')
    .branch('stable/empty', '# nothing\n')
    .branch('stable/broken', 'six===1.16.0\nsix===1.17.0\n')
    .branch('stable/absent', 'absent===1.0\n')
    .branch('stable/half', 'six===1.17.0\nabsent===1.0\n')
    .repository()
    .ref('refs/heads/stable/none', [README: ''])
new File(basedir, 'file').text = 'I am no region'
new File(basedir, 'other').mkdirs()
new File(basedir, 'other/pool').text = 'I am no folder'
def region = { String name -> "\${project.basedir}/../${name}".toString() }
Modules.in(basedir, [
    constraints: repository.url(), branches: 'master',
    index: LocalIndex.start().wheel('six', '1.17.0', 'py3-none-any').url(),
    cacheDirectory: "${basedir}/cache".toString()])
    .module('no-region', [region: ''])
    .module('no-region-at-all', [:])
    .module('region-is-file', [region: region('file')])
    .module('region-below-file', [region: region('file/mirror')])
    .module('pool-is-file', [region: region('other')])
    .module('second-region-broken', [:],
        "<regions><region>${region('good')}</region><region>${region('file')}</region></regions>")
    .module('no-pins', [region: region('mirror'), branches: 'stable/empty'])
    .module('no-file', [region: region('mirror'), branches: 'stable/none'])
    .module('all-held', [region: region('mirror'), branches: 'stable/broken'])
    .module('nothing-served', [region: region('mirror'), branches: 'stable/absent'])
    .module('branch-not-served', [region: region('mirror'), branches: 'master,stable/absent'])
    .module('coverage', [region: region('mirror'), branches: 'master,stable/half', minCoverage: '10,stable=90'])
    .write()
return true
