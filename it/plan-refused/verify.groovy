import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Modules

def run = Run.first(basedir, 1).refusal().saysNot('wr0ng', 'on project good:')
assert new File(basedir, 'good/target/wheel-mirror/plan.json').file
[
  'index-broken': ['2 of 2 project pages cannot be read', 'the server answered 500, once', 'can be reached'],
  'index-down': ['2 of 2 project pages cannot be read', 'nothing answers at this address', 'https_proxy'],
  'html-error': ['1 of 2 project pages cannot be read', '/simple/six/', 'the server answered 503'],
  'wrong-type': ['/simple/six/', 'image/png', 'index URL'],
  'page-cut': ['/simple/six/', 'index URL'],
  'page-of-other': ['/simple/six/', 'index URL'],
  'needs-password': ['status 401', '<serverId>'],
  'wrong-password': ["the credentials of the serverId 'it-wrong'", 'status 401', "the <server> with the id 'it-wrong'"],
  'no-index': ['ftp://127.0.0.1/simple/'],
  'unknown-choice': ['<upstreamWheels> is all', 'mirror, skip, rebuild'],
  'exclude-without-reason': ['an <exclude> of the configuration has no <reason>', 'add <reason>'],
  'exclude-until-never': ["expires on 'soon'", '2027-01-31'],
  'extra-range': ['<extraPin> setuptools>=80 is no pin', 'name===version'],
  'absent-build-constraints': ['absent.txt: there is no such file or folder'],
].each { module, words ->
  def refusal = Modules.refusal(run.log(), module)
  words.each { assert refusal.contains(it) : module }
  assert !new File(basedir, "${module}/target/wheel-mirror/plan.json").exists()
}
return true
