import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven

def maven = Maven.of(binding.variables).keeping('target', 'cache', 'mirror')
def index = context.scenario.index()
def workspace = new File(basedir, 'target/wheel-mirror')
def shards = new File(workspace, 'shards')
def arguments = { int number, String... more ->
    ['wheel-mirror:build', "-Dwheel-mirror.build.shard=${number}/3".toString(),
     "-Dwheel-mirror.cacheDirectory=${new File(basedir, 'agent-' + number)}".toString(), *more]
}
def report = { new JsonSlurper().parse(new File(workspace, 'build-report.json')) }

// what cannot be a shard, or has nothing to gather
maven.refuses(['wheel-mirror:build', '-Dwheel-mirror.build.shard=4/3'], "wheel-mirror.build.shard is '4/3'", 'there is no part 4')
maven.refuses(['wheel-mirror:build', '-Dwheel-mirror.build.shard=a'], 'it is not of the form 3/20')
maven.refuses(['wheel-mirror:gather'], 'no shard has handed over anything')
maven.run(*arguments(1, '-Dwheel-mirror.plan=elsewhere/plan.json')).refusal('plan.json is missing', 'wheel-mirror:plan')
assert !shards.exists()

// each does its part and asks for no page
index.forgetRequests()
(1..3).each { maven.succeeds(arguments(it), "shard ${it}/3".toString(), 'handed over in') }
assert index.requests().every { it ==~ /GET .*\.(whl|tar\.gz)(\.metadata)?/ } : index.requests()
assert index.requests().size() == index.requests().toSet().size()
assert shards.list().size() == 3
assert !new File(basedir, 'cache/wheelhouse/pool').exists()
assert new File(basedir, 'agent-1/wheelhouse/pool').isDirectory()

// one is lost
def lost = shards.listFiles().find { it.name.contains('-2-of-3-') }
def away = new File(basedir, 'target/away')
assert lost.renameTo(away)
maven.run('wheel-mirror:gather').refusal('shard 2/3 of', 'is lost', '-Dwheel-mirror.build.shard=2/3')
maven.succeeds(['wheel-mirror:gather', '-Dwheel-mirror.gather.acceptLost=true'], 'shard 2/3 of')
assert report().pins*.states.flatten()*.outcome.any { it.failureClass == 'lost-shard' }

// and comes: by an agent without a POM that was only given the plan's files
def elsewhere = new File(basedir, 'target/elsewhere')
elsewhere.mkdirs()
['plan.json', 'resolution.json'].each { new File(elsewhere, it).bytes = new File(workspace, it).bytes }
maven.succeeds(arguments(2, "-Dwheel-mirror.plan=${elsewhere}/plan.json".toString()), 'handed over in')
index.forgetRequests()
maven.succeeds(['wheel-mirror:gather'], '3 shards of').saysNot('is lost')
assert index.requests() == []
assert report().pins*.states.flatten()*.outcome.every { it.state in ['built', 'mirrored'] }

maven.succeeds(['wheel-mirror:snapshot', 'wheel-mirror:verify', 'wheel-mirror:deploy'], 'now serves')

// shards of an earlier plan are told apart
context.scenario.repository().branch('stable/2025.1', 'second===2.0\n')
maven.run('wheel-mirror:plan', 'wheel-mirror:gather').refusal('all 3 shards in', 'of another plan')
return true
