import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

def mirror = new File(basedir, 'mirror')
def stage = { new File(basedir, "target/wheel-mirror/${it}.json") }
Run.first(basedir, 0).says(
    'no region has a release yet', '-- resolve', '-- plan', '-- build',
    'absent 1.0   the index has no project', 'simplegeneric-0.8.1-1-py3-none-any.whl')
assert ['resolution', 'plan', 'build-report'].every { stage(it).file }
assert !stage('snapshot').exists() && !mirror.exists()

def index = context.scenario.index()
index.close()
context.scenario.repository().removeBranch('master')
def maven = Maven.of(binding.variables)
maven.succeeds(['wheel-mirror:snapshot'], '-- snapshot').saysNot('-- resolve')
def snapshot = new JsonSlurper().parse(stage('snapshot')).channels[0].snapshot
assert !stage('verification').exists() && !mirror.exists()

def verified = maven.succeeds(['wheel-mirror:verify'], "${snapshot} of", 'is verified', 'unsatisfiable')
def channel = new JsonSlurper().parse(stage('verification')).channels[0]
assert channel.snapshot == snapshot
if (channel.samples.any { it.state == 'installed' }) {
    verified.says("netaddr===1.3.0: 'tests/old.py' cannot be compiled to bytecode", '3 of 4 sources compile')
}
assert !mirror.exists()

maven.succeeds(['wheel-mirror:deploy'], "now serves ${snapshot} (release 1)")
maven.succeeds(['wheel-mirror:status'], 'release 1 of', "snapshot ${snapshot}")
return true
