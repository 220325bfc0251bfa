import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

Run.first(basedir, 0).says(
    'broken 1.0', 'log: target/wheel-mirror/logs/broken-1.0-', "again with: mvn ${itPlugin}:build")
assert new File(basedir, 'target/wheel-mirror/build-report.json').file
assert new File(basedir, 'target/wheel-mirror/logs').list().length == 1

def maven = Maven.of(binding.variables)
maven.succeeds(["${itPlugin}:deploy".toString()], 'now serves')
maven.succeeds(["${itPlugin}:status".toString()], 'release 1 of')
maven.refuses(["${itPlugin}:plan".toString(), '-Dwheel-mirror.constraints='],
    'there are no constraints to mirror', '-Dwheel-mirror.constraints=https://')
return true
