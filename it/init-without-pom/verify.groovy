import groovy.xml.XmlSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

Run.first(basedir, 0).says(
    "${basedir.name}/pom.xml: master, stable/2025.1 of file://", ' for CPython 3.',
    'mvn wheel-mirror:plan', 'mvn deploy', 'mvn wheel-mirror:serve')
def pom = new File(basedir, 'pom.xml')
assert basedir.list().findAll { it.endsWith('.tmp') } == []
def project = new XmlSlurper(false, false).parse(pom)
def plugin = project.build.plugins.plugin
assert "${plugin.groupId}:${plugin.artifactId}:${plugin.version}" == "${itPlugin}"
assert project.packaging.text() == 'wheel-mirror' && project.artifactId.text() == basedir.name
def configuration = plugin.configuration.children().collectEntries { [it.name(), it.text()] }
assert configuration.minCoverage == '95,stable=99.5' && configuration.region == '${project.basedir}/mirror'
assert configuration.pythons ==~ /3\.\d+t?/
assert configuration.index == context.scenario.index().url()

// what it says is all that is needed
assert new File(basedir, '.mvn').deleteDir()
def maven = Maven.of(binding.variables).keeping('pom.xml')
maven.succeeds(['wheel-mirror:build'], 'six-1.17.0-py3-none-any.whl')
maven.succeeds(['deploy'], 'now serves')
def slug = new File(basedir, 'mirror/channels').list().first()
assert pom.text.contains("http://127.0.0.1:8470/${slug}/simple/")
maven.refuses(["${itPlugin}:init".toString(), '-Dwheel-mirror.constraints=x'], 'there is a pom.xml in', 'not overwritten')

// every example in it is right: taken out of its comment, the goals read it
def examples = pom.text.replaceAll(/(?s)<!-- (?:Branches|Pins|How many|Several)[^<]*(?:<region>:[^<]*)?(<.*?)\s*-->/, '$1')
assert examples.count('<!--') == pom.text.count('<!--') - 5
new File(basedir, 'examples').mkdir()
new File(basedir, 'examples/pom.xml').text = examples
    .replaceAll('(?s)<region>[^<]*</region>', '').replaceAll('(?s)<serverId>[^<]*</serverId>', '')
    .replaceAll('<branches>[^<]*</branches>', '').replaceFirst('<minCoverage>[^<]*</minCoverage>', '')
Maven.of(binding.variables + [basedir: new File(basedir, 'examples')])
    .succeeds(['wheel-mirror:resolve'], 'in   master')

// offline nobody looks; a name with what XML means otherwise
def odd = new File(basedir, 'R & D <1>')
odd.mkdir()
def there = Maven.of(binding.variables + [basedir: odd])
there.succeeds(['-o', "${itPlugin}:init".toString(), '-Dwheel-mirror.constraints=https://git.example.org/a?b=1&c=2',
    '-Dwheel-mirror.branches=main', '-Dwheel-mirror.constraintsServerId=it-index'].collect { it.toString() },
    'Maven is offline', 'git.example.org/a', 'was not looked at')
def oddPom = new XmlSlurper(false, false).parse(new File(odd, 'pom.xml'))
def oddConfiguration = oddPom.build.plugins.plugin.configuration
assert oddConfiguration.constraints.text() == 'https://git.example.org/a?b=1&c=2'
assert oddConfiguration.branches.text() == 'main' && oddConfiguration.constraintsServerId.text() == 'it-index'
assert oddPom.artifactId.text() == 'R-D-1-'
there.succeeds(['validate'])
return true
