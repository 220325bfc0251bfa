import io.github.wheelmirror.it.Scenario

def scenario = Scenario.in(basedir)
scenario.index().wheel('six', '1.17.0', 'py3-none-any')
    .sdist('header', '1.0', 'raise SystemExit("a.c:1:9: fatal error: libvirt/libvirt.h: No such file or directory")')
scenario.branch('master', 'six===1.17.0\nheader===1.0\n').branch('stable/2025.1', 'six===1.17.0\n').share(context)
return true
