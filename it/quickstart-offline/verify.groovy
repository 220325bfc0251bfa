def shell = new GroovyShell(new Binding([basedir: basedir]))
assert shell.evaluate(new File(basedir, '../../../it/quickstart/verify.groovy'))
def log = new File(basedir, 'build.log').text
assert log.contains('netifaces 0.11.0')
assert log.contains('oslo-utils 99.1.0')
assert log.contains('fix: install gcc')
return true
