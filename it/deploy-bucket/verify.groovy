import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

def bucket = context.bucket
def maven = Maven.of(binding.variables)
def slug = (Run.first(basedir, 0).says('(release 1)').log() =~ /: (\S+) now serves/)[0][1]
def served = { new JsonSlurper().parse(new URL("${bucket.url()}channels/${slug}/current.json")).snapshot }
def page = { new URL("${bucket.url()}${it}/simple/six/").text }
def first = served()
assert page(slug).contains('six-1.16.0-py3-none-any.whl') && page("@${first}") == page(slug)

def before = bucket.state()
maven.succeeds(['deploy'], 'nothing to release')
assert bucket.state() == before

context.scenario.branch('master', 'six===1.17.0\n')
maven.succeeds(['deploy'], '(release 2)')
assert page(slug).contains('six-1.17.0-py3-none-any.whl') && !page("@${first}").contains('six-1.17.0')
def second = served()
maven.succeeds(['wheel-mirror:status'], "${slug}", second[0..11])
maven.succeeds(['wheel-mirror:rollback'], "now serves ${first} (release 3)".toString())
assert served() == first && page(slug) == page("@${first}")

before = bucket.state()
maven.refuses(['wheel-mirror:status', '-Dwheel-mirror.regionServerId=nobody'], 'nobody', 'settings.xml')
maven.refuses(['deploy', "-Dwheel-mirror.region=${bucket.region().replace('/wheel', '/other').replace('mirror-bucket', 'no-bucket')}".toString()],
    '404 NoSuchBucket', 'make the bucket no-bucket')
assert bucket.state() == before

// a bucket between hosts that share no folder: what a shard hands over there, gather takes from there
def shards = bucket.region().replace('?', '-shards?')
def place = ["-Dwheel-mirror.shards=${shards}".toString(), '-Dwheel-mirror.shardsServerId=it-bucket']
maven.succeeds(['wheel-mirror:plan', 'wheel-mirror:build', '-Dwheel-mirror.build.shard=1/1', *place], 'handed over in s3://')
assert new File(basedir, 'target/wheel-mirror/shards').deleteDir()
maven.succeeds(['wheel-mirror:gather', *place], '1 shard of', 'in s3://')
assert new File(basedir, 'target/wheel-mirror/shards').list().size() == 1
maven.refuses(['wheel-mirror:gather', '-Dwheel-mirror.shardsServerId=it-bucket'], 'only a bucket has keys')
bucket.close()
maven.refuses(['wheel-mirror:status'], bucket.region().replaceAll(/\?.*/, ''), 'see whether')
return true
