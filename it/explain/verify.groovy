import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven

def maven = Maven.of(binding.variables).keeping('target/wheel-mirror/explanation.json')
def index = context.scenario.index()
def goal = { String... options -> ['wheel-mirror:explain'] + options.collect { "-Dwheel-mirror.explain.${it}".toString() } }
def json = { String name -> new JsonSlurper().parse(new File(basedir, "target/wheel-mirror/${name}.json")) }

maven.succeeds(goal('requirement=six', 'branch=master'),
    'pip-26.3 takes for six on', 'six-1.16.0-py3-none-any.whl of the mirror', 'constraint: six===1.16.0',
    'index-url  the mirror  2 files', 'six-1.17.0-py3-none-any.whl  the version does not satisfy the constraint: ===1.16.0')

// the same as the real pip
maven.succeeds(goal('requirement=six>1', 'places=upstream', 'tools=pip'))
def chosen = json('explanation').explanations[0].explanation.verdicts.find { it.reason == 'CHOSEN' }.file
def pip = ['python3', '-m', 'pip', 'download', '--no-deps', '-q', '--disable-pip-version-check',
    '--index-url', index.url(), '-d', 'target/downloaded', 'six>1'].execute(null, basedir)
assert pip.waitFor() == 0 : pip.err.text
assert new File(basedir, 'target/downloaded').list().toList() == [chosen]
assert chosen.startsWith('six-1.17.0-')

def run = maven.succeeds(goal(), 'projects', 'other version', 'six 1.16.0, outside 1.17.0',
    'master on', 'constrains 1 projects on other targets only: old')
def compared = json('gate-and-outside')
assert compared.branches*.branch.toSet() == ['master', 'stable/2025.1'].toSet()
assert compared.branches*.tool.toSet() == ['pip-26.3', 'uv-0.13.9'].toSet()
def likeness = { branch, project ->
  compared.branches.find { it.branch == branch }.projects.find { it.project == project }.likeness
}
assert likeness('master', 'six') == 'other-version'
assert likeness('master', 'simplegeneric') == 'same-version'
assert likeness('stable/2025.1', 'six') == 'same-file'
maven.succeeds(goal('branch=master', 'outsideConstrained=true')).saysNot('other version')

// pip passes over an index that does not answer, uv stops
index.failWith(500)
maven.succeeds(goal('requirement=six', 'places=mirror,upstream', 'options=--only-binary :all:'),
    'a place that did not answer is passed over in silence', 'does not answer with a page', 'uv-0.13.9 takes for six on', 'nothing, the page of')
index.failWith(0)

maven.refuses(goal('requirement=six', 'tools=poetry-1.0'), 'poetry-1.0', 'pip 23.0 to 26.3')
maven.refuses(goal('requirement=six==', 'tools=pip'), "<requirement> is 'six=='", 'write it as in a requirements file')
maven.refuses(goal('requirement=six', 'branch=stable/1999.1'), 'there is no branch stable/1999.1 to explain', 'master')
maven.refuses(goal('requirement=six', 'options=--upgrade'), "Option '--upgrade' cannot be used")
maven.refuses(goal('branch=master', 'places=staged') + "-Dwheel-mirror.workspace=${basedir}/target/other".toString(),
    'there is no mirror of', 'nothing is staged for it in', 'run mvn wheel-mirror:snapshot')
return true
