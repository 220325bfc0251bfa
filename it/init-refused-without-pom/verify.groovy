import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

Run.first(basedir, 1).refusal('there are no constraints to mirror', '-Dwheel-mirror.constraints=https://')
def maven = Maven.of(binding.variables)
def refused = { List options, String... words ->
  def run = maven.refuses(["${itPlugin}:init".toString()] + options.collect { "-Dwheel-mirror.${it}".toString() }, words)
  run.saysNot('s3cret')
  assert !new File(basedir, 'pom.xml').exists()
}
refused(['constraints=absent.git'], 'absent.git was not found', 'must be a Git repository')
refused(['constraints=http://127.0.0.1:1/requirements'], '127.0.0.1:1/requirements cannot be reached', 'https_proxy')
refused(['constraints=https://me:s3cret@git.example.org/requirements'], '=https://****@git.example.org/requirements has a login',
    'settings.xml', '-Dwheel-mirror.constraintsServerId=ID')
refused(['constraints=https://s3cret@git.example.org/requirements'], 'has a login', '-Dwheel-mirror.constraintsServerId=ID')
refused(['constraints=main.git', 'index=https://me:s3cret@index.example.org/simple/'], 'has a login',
    '-Dwheel-mirror.indexServerId=ID')
refused(['constraints=empty.git'], 'empty.git has no branches', 'it is empty', 'push its branch')
refused(['constraints=main.git'], 'no branch matches master, stable/*', 'main', '-Dwheel-mirror.branches=')
refused(['constraints=main.git', 'branches=main', 'excludedBranches=main'], 'no branch of ', 'would be mirrored')
refused(['constraints=other.git'], 'no branch has the constraints file upper-constraints.txt', '-Dwheel-mirror.constraintsFile=')
refused(['constraints=main.git', 'branches=main', 'pythons=3.99'], 'no CPython 3.99 on this host')
maven.succeeds(["${itPlugin}:init".toString(), '-Dwheel-mirror.constraints=other.git', '-Dwheel-mirror.constraintsFile=constraints.txt'],
    'pom.xml: master of file://')
return true
