import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.Maven.Run

def report = new File(basedir, 'target/wheel-mirror/report')
def page = { new File(report, it).text }
def status = { new JsonSlurper().parse(new File(report, 'status.json')) }
def index = context.scenario.index()

Run.first(basedir, 0).says('the report is ', 'target/wheel-mirror/report/index.html').saysNot('[1/', 'Exception')
assert page('index.html').contains('nothing is known yet')
assert status().state == 'warning'
assert report.parentFile.list() as List == ['report']
assert index.requests().isEmpty()

def maven = Maven.of(binding.variables)
maven.succeeds(['wheel-mirror:build'], 'could not be built')
def plan = new File(report.parentFile, 'plan.json')
def before = [plan.lastModified(), plan.text]
index.forgetRequests()
maven.succeeds(['wheel-mirror:report'], 'index.html').saysNot('[1/')
assert index.requests().isEmpty() && before == [plan.lastModified(), plan.text]
assert page('failures.html').contains('missing header: 1 pin') && page('failures.html').contains('install libvirt-dev')
def log = report.listFiles().find { it.name == 'logs' }.listFiles()[0]
assert log.name.startsWith('header-1.0-') && log.text.contains('libvirt/libvirt.h')
assert page('failures.html').contains("href=\"logs/${log.name}\"")
assert status().failures == ['missing-header': 1]

maven.succeeds(['wheel-mirror:deploy'], 'now serves')
maven.succeeds(['wheel-mirror:report'], 'index.html')
assert status().regions[0].serial == 1 && status().regions[0].standing == 'current'
assert page('releases.html').contains('the first one known')
def published = new File(new File(basedir, 'mirror/reports').listFiles()[0], '1')
assert new File(published, 'index.html').text.contains('none: the only region')
assert published.list().toList().containsAll(['status.json', 'report.css', 'report.js', 'failures.html', 'logs'])
assert page('branch-stable-2025.1.html').contains('>six<')

// nothing of this machine, no other host, and every link leads to a file of the report
report.eachFileRecurse { file ->
  if (file.file) {
    assert !file.text.contains(basedir.path) : file
  }
  if (file.name.endsWith('.html')) {
    (file.text =~ /(?:href|src)="([^"#]*)(?:#[^"]*)?"/).each { assert it[1] == '' || new File(report, it[1]).file : it[0] }
  }
}
new File(basedir, 'mirror').renameTo(new File(basedir, 'away'))
new File(basedir, 'mirror').text = 'no folder'
maven.succeeds(['wheel-mirror:report'], 'index.html')
assert status().state == 'error' && page('branch-master.html').contains('>header<')
return true
