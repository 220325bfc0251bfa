import io.github.wheelmirror.it.LocalIndex
import io.github.wheelmirror.it.Modules
import io.github.wheelmirror.it.Scenario

def index = { LocalIndex.start().wheel('six', '1.17.0', 'py3-none-any').wheel('iso8601', '2.1.0', 'py3-none-any') }
def answering = { int status, String type, String body -> index().answers('/simple/six/', status, type, body).url() }
def broken = index()
broken.failWith(500)
def down = index()
down.close()
def closed = index().login('reader', 'right').url()
def repository = Scenario.in(basedir).branch('master', 'six===1.17.0\niso8601===2.1.0\n').repository()
Modules.in(basedir,
    [constraints: repository.url(), index: index().url(), cacheDirectory: "${basedir}/cache".toString()])
    .module('good', [:])
    .module('index-broken', [index: broken.url()])
    .module('index-down', [index: down.url()])
    .module('html-error', [index: answering(503, 'text/html', '<html><h1>Back soon</h1></html>')])
    .module('wrong-type', [index: answering(200, 'image/png', 'PNG')])
    .module('page-cut', [index: answering(200, 'application/vnd.pypi.simple.v1+json', '{"name": "six", "files": [')])
    .module('page-of-other', [index: answering(200, 'application/vnd.pypi.simple.v1+json', '["not", "a page"]')])
    .module('needs-password', [index: closed])
    .module('wrong-password', [index: closed, indexServerId: 'it-wrong'])
    .module('no-index', [index: 'ftp://127.0.0.1/simple/'])
    .module('unknown-choice', [upstreamWheels: 'all'])
    .module('exclude-without-reason', [:], '<excludes><exclude><pin>six</pin></exclude></excludes>')
    .module('exclude-until-never', [:],
        '<excludes><exclude><pin>six</pin><reason>x</reason><expires>soon</expires></exclude></excludes>')
    .module('extra-range', [:], '<extraPins><extraPin>setuptools&gt;=80</extraPin></extraPins>')
    .module('absent-build-constraints', [:],
        '<buildConstraints><buildConstraint><file>absent.txt</file></buildConstraint></buildConstraints>')
    .write()
return true
