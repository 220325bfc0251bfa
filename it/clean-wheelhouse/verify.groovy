import io.github.wheelmirror.ExclusiveLock
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Scenario
import java.time.Duration

def cache = new File(basedir, 'cache')
def bare = new File(basedir, 'bare')
bare.mkdirs()
def maven = Maven.of(binding.variables).keeping('cache/wheelhouse', 'cache/sdists')
def withoutPom = "${itPlugin}:clean-wheelhouse".toString()

def before = Scenario.state(cache)
maven.succeeds(['wheel-mirror:clean-wheelhouse', '-Dwheel-mirror.clean-wheelhouse.dryRun=true',
    '-Dwheel-mirror.clean-wheelhouse.all=true'], 'wheels', 'would be removed (nothing was changed)')
assert Scenario.changes(before, Scenario.state(cache)) == []

maven.succeeds(['wheel-mirror:clean-wheelhouse'], ': 0.0 kB removed')
def wheels = { cache.toPath().resolve('wheelhouse/files').toFile().list().findAll { it.endsWith('.json') }.size() }
assert wheels() == 2

maven.refuses(['wheel-mirror:clean-wheelhouse', '-Dwheel-mirror.clean-wheelhouse.unusedFor=-1'], '<unusedFor> is -1')
def lock = ExclusiveLock.acquire(new File(cache, '.in-use.lock').toPath(), Duration.ofMinutes(1), {})
try {
  maven.refuses(['wheel-mirror:clean-wheelhouse', '-Dwheel-mirror.clean-wheelhouse.all=true', '-Dwheel-mirror.lockTimeout=0'],
      'another run uses the cache', "process ${ProcessHandle.current().pid()}", '-Dwheel-mirror.lockTimeout=')
} finally {
  lock.close()
}

// 40 days go by
def then = System.currentTimeMillis() - Duration.ofDays(40).toMillis()
cache.eachFileRecurse { if (it.file && !it.path.contains("${File.separator}git${File.separator}")) { it.lastModified = then } }
Maven.of(binding.variables + [basedir: bare])
    .succeeds([withoutPom, "-Dwheel-mirror.cacheDirectory=${cache}".toString()], 'wheels', 'sdists', 'removed')
assert wheels() == 0
assert cache.toPath().resolve('sdists').toFile().listFiles().every { it.list().length == 0 }
assert new File(cache, 'git').directory

maven.succeeds(['wheel-mirror:build'], 'six-1.17.0-py3-none-any.whl', 'simplegeneric===0.8.1')
assert wheels() == 2
return true
