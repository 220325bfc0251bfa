import io.github.wheelmirror.it.ConstraintsRepository
import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.property('constraints', null).property('region', null).property('index', null)
scenario.write()
ConstraintsRepository.at(new File(basedir, 'empty.git').toPath())
ConstraintsRepository.at(new File(basedir, 'main.git').toPath()).branch('main', 'six===1.17.0\n')
ConstraintsRepository.at(new File(basedir, 'other.git').toPath())
    .ref('refs/heads/master', ['constraints.txt': 'six===1.17.0\n'])
return true
