import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario
    .property('branches', 'master,stable/*,unmaintained/2023.1,zed-eol')
    .property('excludedBranches', 'stable/2024.1')
    .property('retired', 'stable/2023.2')
    .property('nonPins', 'report')
    .branch('master', 'six===1.17.0\nold===1.0;python_version<"3"\n# a comment\nrequests>=2\n')
    .branch('stable/2025.1', '# nothing yet\n')
    .branch('stable/2024.1', 'six===1.16.0\n')
    .branch('stable/2023.2', 'six===1.16.0\n')
    .branch('unmaintained/2023.1', 'six===1.16.0\n')
    .branch('feature/x', 'six===1.16.0\n')
scenario.repository()
    .ref('refs/heads/stable/2024.2', [README: 'no constraints here'])
    .ref('refs/tags/zed-eol', ['upper-constraints.txt': 'six===1.15.0\n'])
scenario.share(context)
return true
