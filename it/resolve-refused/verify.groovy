import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Modules

def run = Run.first(basedir, 1).refusal('no <constraints> here, nothing to mirror in this module')
run.saysNot('s3cret', 'wr0ng', 'on project good:')
assert new File(basedir, 'good/target/wheel-mirror/resolution.json').file
[
  'no-repository': ['absent.git was not found', 'must be a Git repository'],
  'nobody-there': ['127.0.0.1:1/requirements cannot be reached', 'https_proxy'],
  'needs-password': ['needs a user name and password', 'status 401', '<constraintsServerId>'],
  'wrong-password': ['refuses the user name or password', 'status 401', '<constraintsServerId>'],
  'password-in-url': ['https://****@git.example.org/requirements', 'password', '<constraintsServerId>'],
  'unknown-server': ['names the server nobody', 'settings.xml has no server', '<id>nobody</id>'],
  'idle-pattern': ['no branch matches stable/2052.1', 'nearest names are stable/2025.1', '<retired>'],
  'absent-python': ['no CPython 3.99 on this host', 'found only CPython', 'python3.99'],
  'unknown-python': ["unknown Python 'three'", '3.11'],
  'unknown-choice': ['<nonPins> is ignore', 'error, report'],
  'no-downloads': ['<downloads> is 0', 'from 1 up'],
  'no-time': ['<buildTimeout> is 0', 'from 1 up'],
  'bad-target': ['bad-target/pom.xml cannot be read', 'copy it again'],
  'absent-target': ['absent.json: there is no such file or folder', 'target-*.json'],
  'workspace-is-file': ['pom.xml: something else is in the way', '-Dwheel-mirror.workspace=FOLDER'],
  'cache-is-file': ['the cache', 'pom.xml: something else is in the way', '-Dwheel-mirror.cacheDirectory=FOLDER'],
].each { module, words ->
  def refusal = Modules.refusal(run.log(), module)
  words.each { assert refusal.contains(it) : module }
  def workspace = new File(basedir, "${module}/target/wheel-mirror")
  assert !workspace.exists() || workspace.list() as List == ['.lock']
}
Maven.of(binding.variables).refuses(['wheel-mirror:resolve'], 'there are no constraints to mirror',
    'a goal typed alone works on the reactor', "run it in the module's folder")
return true
