import io.github.wheelmirror.it.LocalIndex
import io.github.wheelmirror.it.Modules
import io.github.wheelmirror.it.Scenario

def repository = Scenario.in(basedir).branch('master', 'six===1.17.0\n').branch('stable/2025.1', 'six===1.17.0\n').repository()
def guarded = LocalIndex.start().login('reader', 'right').url() + 'requirements'
Modules.in(basedir, [constraints: repository.url(), cacheDirectory: "${basedir}/cache".toString()])
    .module('good', [:])
    .module('no-repository', [constraints: "${basedir}/absent.git".toString()])
    .module('nobody-there', [constraints: 'http://127.0.0.1:1/requirements'])
    .module('needs-password', [constraints: guarded])
    .module('wrong-password', [constraints: guarded, constraintsServerId: 'it-wrong'])
    .module('password-in-url', [constraints: 'https://me:s3cret@git.example.org/requirements'])
    .module('unknown-server', [constraintsServerId: 'nobody'])
    .module('idle-pattern', [branches: 'master,stable/2052.1'])
    .module('absent-python', [pythons: '3.99'])
    .module('unknown-python', [pythons: 'three'])
    .module('unknown-choice', [nonPins: 'ignore'])
    .module('no-downloads', [downloads: '0'])
    .module('no-time', [buildTimeout: '0'])
    .module('bad-target', [targetFiles: '${project.basedir}/pom.xml'])
    .module('absent-target', [targetFiles: '${project.basedir}/absent.json'])
    .module('workspace-is-file', [workspace: '${project.basedir}/pom.xml'])
    .module('cache-is-file', [cacheDirectory: '${project.basedir}/pom.xml'])
    .module('nothing', [constraints: ''])
    .write()
return true
