package io.github.wheelmirror.build;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Debian package that brings a C header, a library, a {@code pkg-config} module or a program
 * that builds of Python projects often miss. Names are those of Debian 12.
 */
final class SystemPackages {

  private static final Map<String, String> HEADERS =
      table(
          """
          libvirt/* libvirt-dev
          ffi.h libffi-dev
          openssl/* libssl-dev
          libpq-fe.h libpq-dev
          pg_config.h libpq-dev
          postgres.h postgresql-server-dev-all
          postgres_ext.h libpq-dev
          lber.h libldap-dev
          ldap.h libldap-dev
          sasl.h libsasl2-dev
          sasl/* libsasl2-dev
          mysql.h default-libmysqlclient-dev
          mysql/* default-libmysqlclient-dev
          libxml/* libxml2-dev
          libxslt/* libxslt1-dev
          libexslt/* libxslt1-dev
          xmlsec/* libxmlsec1-dev
          zlib.h zlib1g-dev
          bzlib.h libbz2-dev
          lzma.h liblzma-dev
          zstd.h libzstd-dev
          snappy.h libsnappy-dev
          snappy-c.h libsnappy-dev
          lz4.h liblz4-dev
          systemd/* libsystemd-dev
          erasurecode.h liberasurecode-dev
          erasurecode/* liberasurecode-dev
          rados/librados.h librados-dev
          rados/* librados-dev
          rbd/librbd.h librbd-dev
          cephfs/libcephfs.h libcephfs-dev
          augeas.h libaugeas-dev
          gssapi.h libkrb5-dev
          gssapi/* libkrb5-dev
          krb5.h libkrb5-dev
          curl/curl.h libcurl4-openssl-dev
          yaml.h libyaml-dev
          sqlite3.h libsqlite3-dev
          sodium.h libsodium-dev
          zmq.h libzmq3-dev
          event.h libevent-dev
          uv.h libuv1-dev
          pcap.h libpcap-dev
          libmemcached/* libmemcached-dev
          crypt.h libcrypt-dev
          nl-cache.h libnl-3-dev
          netlink/* libnl-3-dev
          libudev.h libudev-dev
          libusb.h libusb-1.0-0-dev
          usb.h libusb-dev
          dbus/dbus.h libdbus-1-dev
          glib.h libglib2.0-dev
          cairo.h libcairo2-dev
          jpeglib.h libjpeg-dev
          png.h libpng-dev
          ft2build.h libfreetype-dev
          gmp.h libgmp-dev
          mpfr.h libmpfr-dev
          mpc.h libmpc-dev
          readline/readline.h libreadline-dev
          curses.h libncurses-dev
          ncurses.h libncurses-dev
          uuid/uuid.h uuid-dev
          sys/acl.h libacl1-dev
          attr/xattr.h libattr1-dev
          sys/capability.h libcap-dev
          security/pam_appl.h libpam0g-dev
          selinux/selinux.h libselinux1-dev
          magic.h libmagic-dev
          hs/hs.h libhyperscan-dev
          rdkafka.h librdkafka-dev
          librdkafka/rdkafka.h librdkafka-dev
          sql.h unixodbc-dev
          sqlext.h unixodbc-dev
          linux/* linux-libc-dev
          stdio.h libc6-dev
          stdlib.h libc6-dev
          errno.h libc6-dev
          assert.h libc6-dev
          limits.h libc6-dev
          string.h libc6-dev
          """);

  private static final Map<String, String> PROGRAMS =
      table(
          """
          pkg-config pkgconf
          pkgconf pkgconf
          pkgconfig pkgconf
          cmake cmake
          ninja ninja-build
          make make
          gmake make
          autoconf autoconf
          autoreconf autoconf
          automake automake
          aclocal automake
          libtoolize libtool
          m4 m4
          meson meson
          swig swig
          patch patch
          patchelf patchelf
          git git
          bison bison
          flex flex
          nasm nasm
          perl perl
          go golang-go
          protoc protobuf-compiler
          pg_config libpq-dev
          mysql_config default-libmysqlclient-dev
          mariadb_config default-libmysqlclient-dev
          xml2-config libxml2-dev
          xslt-config libxslt1-dev
          krb5-config libkrb5-dev
          curl-config libcurl4-openssl-dev
          freetype-config libfreetype-dev
          llvm-config llvm-dev
          net-snmp-config libsnmp-dev
          curl curl
          wget wget
          unzip unzip
          which debianutils
          node nodejs
          npm npm
          """);

  private static final Map<String, String> MODULES =
      table(
          """
          libvirt libvirt-dev
          libvirt-qemu libvirt-dev
          libvirt-lxc libvirt-dev
          libsystemd libsystemd-dev
          libsystemd-journal libsystemd-dev
          openssl libssl-dev
          libffi libffi-dev
          libxml-2.0 libxml2-dev
          libxslt libxslt1-dev
          libexslt libxslt1-dev
          xmlsec1 libxmlsec1-dev
          augeas libaugeas-dev
          mysqlclient default-libmysqlclient-dev
          mariadb libmariadb-dev
          libmariadb libmariadb-dev
          libpq libpq-dev
          dbus-1 libdbus-1-dev
          glib-2.0 libglib2.0-dev
          gobject-introspection-1.0 libgirepository1.0-dev
          cairo libcairo2-dev
          erasurecode-1 liberasurecode-dev
          erasurecode liberasurecode-dev
          liberasurecode liberasurecode-dev
          zlib zlib1g-dev
          libmemcached libmemcached-dev
          openblas libopenblas-dev
          libzstd libzstd-dev
          krb5-gssapi libkrb5-dev
          libcurl libcurl4-openssl-dev
          libudev libudev-dev
          libnl-3.0 libnl-3-dev
          python3 python3-dev
          """);

  private static final Map<String, String> LIBRARIES =
      table(
          """
          ssl libssl-dev
          crypto libssl-dev
          ffi libffi-dev
          z zlib1g-dev
          xml2 libxml2-dev
          xslt libxslt1-dev
          exslt libxslt1-dev
          ldap libldap-dev
          ldap_r libldap-dev
          lber libldap-dev
          sasl2 libsasl2-dev
          pq libpq-dev
          mysqlclient default-libmysqlclient-dev
          mariadb libmariadb-dev
          virt libvirt-dev
          systemd libsystemd-dev
          erasurecode liberasurecode-dev
          rados librados-dev
          rbd librbd-dev
          augeas libaugeas-dev
          yaml libyaml-dev
          gssapi_krb5 libkrb5-dev
          krb5 libkrb5-dev
          curl libcurl4-openssl-dev
          sqlite3 libsqlite3-dev
          stdc++ g++
          m libc6-dev
          c libc6-dev
          """);

  private static final Map<String, String> COMPILERS =
      table(
          """
          gcc gcc
          cc gcc
          c99 gcc
          clang clang
          g++ g++
          c++ g++
          cc1plus g++
          clang++ clang
          gfortran gfortran
          f77 gfortran
          f95 gfortran
          rustc rustc
          cargo cargo
          ld binutils
          as binutils
          ar binutils
          """);

  private SystemPackages() {}

  private static Map<String, String> table(String text) {
    Map<String, String> table = new HashMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .forEach(columns -> table.put(columns[0], columns[1]));
    return Map.copyOf(table);
  }

  /** For the name as in {@code #include}. */
  static Optional<String> ofHeader(String header) {
    int slash = header.indexOf('/');
    String folder = slash < 0 ? "" : header.substring(0, slash) + "/*";
    return Optional.ofNullable(HEADERS.get(header))
        .or(() -> Optional.ofNullable(HEADERS.get(folder)));
  }

  /** All packages known, sorted. */
  static SortedSet<String> packages() {
    return Stream.of(HEADERS, PROGRAMS, MODULES, LIBRARIES, COMPILERS)
        .flatMap(table -> table.values().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All programs known, sorted. */
  static SortedSet<String> programs() {
    return new TreeSet<>(PROGRAMS.keySet());
  }

  /** For a program's name without a folder. */
  static Optional<String> ofProgram(String program) {
    return Optional.ofNullable(PROGRAMS.get(program));
  }

  /** For a {@code pkg-config} module. */
  static Optional<String> ofModule(String module) {
    return Optional.ofNullable(MODULES.get(module));
  }

  /** For a library as after the linker's {@code -l}. */
  static Optional<String> ofLibrary(String library) {
    return Optional.ofNullable(LIBRARIES.get(library));
  }

  /** For a compiler's name, also with a GNU triplet before it or a version behind it. */
  static Optional<String> ofCompiler(String program) {
    int version = program.length();
    while (version > 0 && Character.isDigit(program.charAt(version - 1))) {
      version--;
    }
    String name =
        version > 0 && version < program.length() && program.charAt(version - 1) == '-'
            ? program.substring(0, version - 1)
            : program;
    int triplet = name.lastIndexOf("-gnu-");
    return Optional.ofNullable(
        COMPILERS.get(triplet < 0 ? name : name.substring(triplet + "-gnu-".length())));
  }
}
