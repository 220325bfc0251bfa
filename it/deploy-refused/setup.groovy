import io.github.wheelmirror.it.LocalIndex
import io.github.wheelmirror.it.Modules
import io.github.wheelmirror.it.Scenario

def repository = Scenario.in(basedir)
    .branch('master', 'six===1.17.0\n')
    .branch('stable/empty', '# nothing\n')
    .branch('stable/broken', 'six===1.16.0\nsix===1.17.0\n')
    .branch('stable/absent', 'absent===1.0\n')
    .repository()
    .ref('refs/heads/stable/none', [README: ''])
new File(basedir, 'file').text = 'I am no region'
new File(basedir, 'other').mkdirs()
new File(basedir, 'other/pool').text = 'I am no folder'
def region = { String name -> "\${project.basedir}/../${name}".toString() }
Modules.in(basedir, [
    constraints: repository.url(), branches: 'master', region: region('mirror'),
    index: LocalIndex.start().wheel('six', '1.17.0', 'py3-none-any').url(),
    cacheDirectory: "${basedir}/cache".toString()])
    .module('no-region', [region: ''])
    .module('region-is-file', [region: region('file')])
    .module('region-below-file', [region: region('file/mirror')])
    .module('pool-is-file', [region: region('other')])
    .module('second-region-broken', [region: ''],
        "<regions><region>${region('good')}</region><region>${region('file')}</region></regions>")
    .module('no-pins', [branches: 'stable/empty'])
    .module('no-file', [branches: 'stable/none'])
    .module('all-held', [branches: 'stable/broken'])
    .module('nothing-served', [branches: 'stable/absent'])
    .module('coverage', [branches: 'master,stable/absent', minCoverage: '90'])
    .write()
return true
