import io.github.wheelmirror.it.Maven.Run

Run.first(basedir, 0).says('six-1.17.0-py3-none-any.whl: mirrored', 'built needy-1.0-1-py3-none-any.whl')
def secrets = ['r1ght', 'r1ght%20p%40ss', 'r1ght p@ss', 'cmVhZGVyOnIxZ2h0IHBAc3M=']
basedir.eachFileRecurse { file ->
  if (file.file) {
    def text = file.getText('ISO-8859-1')
    assert secrets.every { !text.contains(it) } || file.name == 'setup.groovy' || file.name == 'verify.groovy': file
  }
}
return true
