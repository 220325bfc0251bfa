import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven

def workspace = new File(basedir, 'target/wheel-mirror')
def own = workspace.listFiles().find { it.name.startsWith('target-') }
def slug = (own.name =~ /target-(.*)-cp\d+\.json/)[0][1]
def foreign = new File(basedir, 'foreign.json')
foreign.text = own.text.replace("\"${slug}/", '"ubuntu-24.04-aarch64/').replace('x86_64"', 'aarch64"')

def maven = Maven.of(binding.variables)
def python = new JsonSlurper().parse(own).fullVersion.tokenize('.')[0..1].join('.')
maven.succeeds(['wheel-mirror:build', 'wheel-mirror:deploy', "-Dwheel-mirror.targetFiles=${foreign}".toString(),
    "-Dwheel-mirror.pythons=${python}".toString()], 'ubuntu-24.04-aarch64')
return true
