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
bucket.close()
maven.refuses(['wheel-mirror:status'], bucket.region().replaceAll(/\?.*/, ''), 'see whether')
return true
