import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
def index = scenario.index()
['typing': '3.7.4.3', 'iso8601': '2.1.0', 'setuptools': '80.9.0', 'pip': '25.0'].each { name, version ->
  index.wheel(name, version, 'py3-none-any')
}
index.wheel('six', '1.17.0', 'py3-none-any').sdist('six', '1.17.0').sdist('simplegeneric', '0.8.1')
def pins = 'typing===3.7.4.3\niso8601===2.1.0\nsix===1.17.0\nsimplegeneric===0.8.1\nold===1.0;python_version<"3"\n'
scenario.branch('master', pins).branch('stable/2025.1', pins + 'absent===1.0\n').share(context)
return true
