import io.github.wheelmirror.it.ConstraintsRepository

def repository = ConstraintsRepository.at(new File(basedir, 'constraints.git').toPath())
['master': 'master', '2026.1': 'stable/2026.1', '2025.1': 'stable/2025.1'].each { file, branch ->
  repository.branch(branch, new File(basedir, "constraints/${file}.txt").getText('UTF-8'))
}
return true
