import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Scenario

def mirror = new File(basedir, 'mirror')
def current = { new JsonSlurper().parse(new File(mirror, "channels/${mirror.toPath().resolve('channels').toFile().list()[0]}/current.json")) }
def pool = { Scenario.state(new File(mirror, 'pool'), new File(mirror, 'pages'), new File(mirror, 'snapshots')) }
def maven = Maven.of(binding.variables)

Run.first(basedir, 0).says('(release 1)')
def first = current().snapshot
maven.refuses(['wheel-mirror:rollback'], 'there is no previous release', 'it never served another snapshot')
context.scenario.branch('master', 'six===1.17.0\nidna===3.10\n')
maven.succeeds(['deploy'], '(release 2)')
def second = current().snapshot

maven.succeeds(['wheel-mirror:diff'],
    "from ${first} to ${second}", 'master, 1 new: idna===3.10', 'master, 1 gone: attrs===24.2.0',
    'master, 1 changed: six 1.16.0 to 1.17.0', 'files: 2 added, 2 superseded')
def difference = new JsonSlurper().parse(new File(basedir, 'target/wheel-mirror/diff.json')).difference
assert difference.branches[0].changed[0] == [project: 'six', from: ['1.16.0'], to: ['1.17.0']]
assert difference.addedBytes > 0 && difference.removedBytes == 0

def before = pool()
maven.succeeds(['wheel-mirror:rollback', '-Dwheel-mirror.rollback.dryRun=true'], "would serve snapshot ${first}")
assert current().snapshot == second
maven.succeeds(['wheel-mirror:rollback'], "now serves ${first} (release 3)")
assert current().snapshot == first && current().previous == second
assert Scenario.changes(before, pool()) == []
maven.succeeds(['wheel-mirror:rollback', "-Dwheel-mirror.rollback.to=${first[0..11]}".toString()], 'nothing to release')
maven.succeeds(['wheel-mirror:diff', '-Dwheel-mirror.diff.to=staged', '-Dwheel-mirror.diff.from=current'], 'six 1.16.0 to 1.17.0')

def manifest = new JsonSlurper().parse(new File(mirror, "snapshots/${second}/manifest.json"))
def file = manifest.files.find { it.filename.startsWith('idna') }
def wheel = new File(mirror, "pool/sha256/${file.sha256[0..1]}/${file.sha256[2..-1]}/${file.filename}")
def aside = new File(basedir, 'aside.whl')
assert wheel.renameTo(aside)
maven.refuses(['wheel-mirror:rollback'], "does not hold all of snapshot ${second}", file.filename, 'nothing visible was changed')
assert current().snapshot == first
assert aside.renameTo(wheel)
maven.succeeds(['wheel-mirror:rollback', "-Dwheel-mirror.rollback.to=${second}".toString()], "now serves ${second} (release 4)")
maven.refuses(['wheel-mirror:rollback', '-Dwheel-mirror.rollback.to=last'], 'there is no release last')
maven.succeeds(['deploy'], 'nothing to release')

context.scenario.branch('master', 'idna===3.10\n')
maven.succeeds(['deploy'], '(release 5)')
def third = current().snapshot
def prune = ['wheel-mirror:prune', '-Dwheel-mirror.prune.keepReleases=1', '-Dwheel-mirror.prune.keepDays=0']
before = pool()
maven.succeeds(prune, 'removed 0 of 3 snapshots', 'grace')
def now = prune + '-Dwheel-mirror.prune.graceHours=0'
maven.succeeds(now + '-Dwheel-mirror.prune.dryRun=true', 'would remove (nothing was changed) 1 of 3 snapshots')
assert Scenario.changes(before, pool()) == []
maven.succeeds(now + "-Dwheel-mirror.prune.pinned=${first[0..7]}".toString(), 'pinned', 'removed 0 of 3 snapshots')
assert Scenario.changes(before, pool()) == []
maven.succeeds(now, 'removed 1 of 3 snapshots', 'previous', 'current')
assert !new File(mirror, "snapshots/${first}").exists() && !new File(mirror, "@${first}").exists()
maven.refuses(['wheel-mirror:rollback', "-Dwheel-mirror.rollback.to=${first}".toString()], "does not hold snapshot ${first}")
maven.succeeds(['wheel-mirror:rollback'], "now serves ${second} (release 6)")

def file2 = new File(basedir, 'mirror.zip')
maven.succeeds(['wheel-mirror:export', "-Dwheel-mirror.export.file=${file2}".toString()], "of snapshot ${second}", 'sha256 ')
maven.refuses(['wheel-mirror:import'], 'there is no file to import')
maven.succeeds(['wheel-mirror:import', "-Dwheel-mirror.import.file=${file2}".toString()], 'all as its manifest says', 'nothing to release')

def take = ['wheel-mirror:quarantine', '-Dwheel-mirror.quarantine.pin=idna===3.10']
maven.refuses(take, 'the quarantine has no reason')
take += '-Dwheel-mirror.quarantine.reason=compromised'
maven.refuses(take + "-Dwheel-mirror.quarantine.sha256=${file.sha256}".toString(), 'both are named')
maven.succeeds(take, "took out ${file.filename} (sha256 ${file.sha256})", '(release 7)')
assert !wheel.exists() && new JsonSlurper().parse(new File(mirror, 'quarantine.json')).entries*.pin == ['idna===3.10']
before = pool()
maven.succeeds(take, 'no file to take out')
assert Scenario.changes(before, pool()) == []
maven.succeeds(['wheel-mirror:rollback', "-Dwheel-mirror.rollback.to=${second}".toString()],
    "snapshot ${second} lists what is in quarantine", 'nothing to release')
context.scenario.branch('master', 'idna===3.10\nsix===1.17.0\n')
maven.succeeds(['deploy'], 'excluded', '(release 8)')
assert !wheel.exists()
new File(mirror, "snapshots/${third}/manifest.json").renameTo(new File(basedir, 'manifest.json'))
maven.refuses(now, 'nothing was removed from region mirror', "${third}", 'nobody knows which files it needs')
return true
