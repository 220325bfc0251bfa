import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper
import io.github.wheelmirror.it.Maven.Run
import io.github.wheelmirror.it.Modules

def run = Run.first(basedir, 1).refusal()
[
  'no-region': ['there is no region to deploy to', '<region>${project.basedir}/mirror</region>'],
  'no-region-at-all': ['there is no region to deploy to', '-Dwheel-mirror.region=FOLDER'],
  'region-is-file': ['region file:', 'Not a directory', 'writable folder'],
  'region-below-file': ['region mirror:', 'Not a directory', 'writable folder'],
  'pool-is-file': ['region other: nothing of', 'was released', 'other/pool/', 'something that is not a folder is in the way'],
  'second-region-broken': ['region file:', 'Not a directory'],
  'no-pins': ['a channel cannot be released', 'would have no file at all', 'no branch has pins'],
  'no-file': ['no branch has the constraints file', 'were looked through', 'correct <constraintsFile>'],
  'all-held': ['no branch can be used, and nothing was released before', 'contradict each other'],
  'nothing-served': ['a channel cannot be released', 'would have no file at all'],
  'branch-not-served': ['stable/absent on', 'none of the 1 wanted pins is served: absent===1.0', '<excludedBranches>'],
  'coverage': ['stable/half on', '50.00 % of the wanted pins are served (1 of 2), 90.00 % must be (stable): absent===1.0',
      'lower minCoverage, which is stable=90'],
].each { module, words ->
  def refusal = Modules.refusal(run.log(), module)
  words.each { assert refusal.contains(it) : module }
}
run.saysNot('now serves').says('wheel-mirror outcome=blocked channels=1 released=0 verified=0 blocked=1 ')
// what blocks is there for CI to read
def workspace = new File(basedir, 'coverage/target/wheel-mirror')
def suite = new XmlSlurper().parse(workspace.listFiles().find { it.name ==~ /TEST-wheel-mirror-.+\.xml/ })
assert suite.@failures == '1' && suite.testcase.find { it.failure.size() }.@name.text().startsWith('stable/half on ')
assert suite.testcase.find { it.failure.size() }.failure.@type == 'coverage-too-low'
assert new JsonSlurper().parse(new File(workspace, 'outcome.json')).outcome == 'blocked'
assert !new File(basedir, 'region-is-file/target/wheel-mirror/outcome.json').exists()
assert ['mirror', 'good', 'no-region/channels'].every { !new File(basedir, it).exists() }
assert new File(basedir, 'file').text == 'I am no region'
assert new File(basedir, 'other/pool').text == 'I am no folder'
assert !new File(basedir, 'other/channels').exists()
return true
