import io.github.wheelmirror.it.Scenario
import io.github.wheelmirror.it.SyntheticFiles

def scenario = Scenario.in(basedir)
def index = scenario.index()
def sdist = { String name, Map<String, String> files ->
  index.file(name, "${name}-1.0.tar.gz", SyntheticFiles.tarGz(files), '')
}
index.wheel('good', '1.0', 'py3-none-any')
index.wheel('damaged', '1.0', 'py3-none-any').damages('damaged', 'damaged-1.0-py3-none-any.whl')
index.wheel('cut', '1.0', 'py3-none-any').cuts('cut', 'cut-1.0-py3-none-any.whl')
index.wheel('gone', '1.0', 'py3-none-any').answers('/files/gone/gone-1.0-py3-none-any.whl', 404, 'text/html', 'no')
index.file('liar', 'liar-1.0-py3-none-any.whl', SyntheticFiles.wheel('honest', 'honest', '2.0', 'py3-none-any'), '')
index.file('nozip', 'nozip-1.0-py3-none-any.whl', '<html>not found</html>'.bytes, '')
sdist('traversal', ['traversal-1.0/setup.py': '', '../escaped.txt': 'x', '/tmp/wheel-mirror-it-escaped': 'x'])
sdist('nobuild', ['nobuild-1.0/PKG-INFO': 'Metadata-Version: 2.1\nName: nobuild\nVersion: 1.0\n'])
index.sdist('hanging', '1.0', 'import time; time.sleep(600)')
index.sdist('flooding', '1.0', 'while True: print("x" * 100000)')
index.sdist('other', '1.0', 'global VERSION; VERSION = "2.0"')
['header', 'header2'].each {
  index.sdist(it, '1.0', 'raise SystemExit("a.c:1:9: fatal error: libvirt/libvirt.h: No such file or directory")')
}
sdist('needy', ['needy-1.0/pyproject.toml': '[build-system]\nrequires = ["nowhere<1"]\nbuild-backend = "nowhere"\n'])
scenario.branch('master',
    ['good', 'damaged', 'cut', 'gone', 'liar', 'nozip', 'traversal', 'nobuild', 'hanging', 'flooding', 'other', 'header', 'header2',
     'needy']
        .collect { "${it}===1.0\n" }.join('')).share(context)
return true
