import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Modules

def run = Run.first(basedir, 1).refusal()
[
  'no-region': ['there is no region to deploy to', '-Dwheel-mirror.region=FOLDER'],
  'region-is-file': ['file'],
  'region-below-file': ['file'],
  'pool-is-file': ['pool'],
  'second-region-broken': ['file'],
  'no-pins': ['cannot be released'],
  'no-file': ['cannot be released'],
  'all-held': ['no branch can be used, and nothing was released before'],
  'nothing-served': ['cannot be released'],
  'coverage': ['cannot be released'],
].each { module, words ->
  def refusal = Modules.refusal(run.log(), module)
  println "${module}: ${refusal}"
  words.each { assert refusal.contains(it) : module }
}
assert !new File(basedir, 'mirror').exists()
assert new File(basedir, 'file').text == 'I am no region'
println new File(basedir, 'good').list()
println new File(basedir, 'other').list()
return true
