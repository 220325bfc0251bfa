import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven

def workspace = new File(basedir, 'target/wheel-mirror')
def own = workspace.listFiles().find { it.name.startsWith('target-') }
def slug = (own.name =~ /target-(.*)-cp\d+\.json/)[0][1]
def foreign = new File(basedir, 'foreign.json')
foreign.text = own.text.replace("\"${slug}/", '"ubuntu-24.04-aarch64/').replace('x86_64"', 'aarch64"')

def maven = Maven.of(binding.variables)
def python = new JsonSlurper().parse(own).target.fullVersion.tokenize('.')[0..1].join('.')
def run = maven.run('wheel-mirror:build', 'wheel-mirror:deploy', "-Dwheel-mirror.targetFiles=${foreign}",
    "-Dwheel-mirror.pythons=${python}")
assert run.exit() != 0
run.refusal(
    "this host is ${slug} and cannot build for ubuntu-24.04-aarch64", 'run build with this plan on a host of that platform',
    "${slug} now serves", 'only a host of this platform can build simplegeneric===0.8.1').saysNot('ubuntu-24.04-aarch64 now serves')
def plan = new JsonSlurper().parse(new File(workspace, 'plan.json'))
assert plan.pins*.states*.size() == [2, 2]
assert new File(basedir, 'mirror/channels').list() == [slug]

// with the other host's target alone, nothing of what only that host can build is fetched
def index = context.scenario.index()
new File(basedir, 'cache/sdists').deleteDir()
index.forgetRequests()
maven.run('wheel-mirror:build', "-Dwheel-mirror.targetFiles=${foreign}").says(
    'simplegeneric 0.8.1   this host is', 'why: what is built fits the platform that it was built on')
assert !index.requests().any { it.contains('.tar.gz') }
return true
