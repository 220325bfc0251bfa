package io.github.wheelmirror.build;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The RPM that has what a Debian package has, as RHEL, its rebuilds and Fedora name it. */
final class RpmPackages {

  private static final Map<String, String> LIKE_DEBIAN =
      """
      autoconf autoconf
      automake automake
      binutils binutils
      bison bison
      cargo cargo
      clang clang
      cmake cmake
      curl curl
      debianutils which
      default-libmysqlclient-dev mariadb-connector-c-devel
      flex flex
      g++ gcc-c++
      gcc gcc
      gfortran gcc-gfortran
      git git
      golang-go golang
      libacl1-dev libacl-devel
      libattr1-dev libattr-devel
      libaugeas-dev augeas-devel
      libbz2-dev bzip2-devel
      libc6-dev glibc-devel
      libcairo2-dev cairo-devel
      libcap-dev libcap-devel
      libcephfs-dev libcephfs-devel
      libcrypt-dev libxcrypt-devel
      libcurl4-openssl-dev libcurl-devel
      libdbus-1-dev dbus-devel
      liberasurecode-dev liberasurecode-devel
      libevent-dev libevent-devel
      libffi-dev libffi-devel
      libfreetype-dev freetype-devel
      libgirepository1.0-dev gobject-introspection-devel
      libglib2.0-dev glib2-devel
      libgmp-dev gmp-devel
      libhyperscan-dev hyperscan-devel
      libjpeg-dev libjpeg-turbo-devel
      libkrb5-dev krb5-devel
      libldap-dev openldap-devel
      liblz4-dev lz4-devel
      liblzma-dev xz-devel
      libmagic-dev file-devel
      libmariadb-dev mariadb-connector-c-devel
      libmemcached-dev libmemcached-devel
      libmpc-dev libmpc-devel
      libmpfr-dev mpfr-devel
      libncurses-dev ncurses-devel
      libnl-3-dev libnl3-devel
      libopenblas-dev openblas-devel
      libpam0g-dev pam-devel
      libpcap-dev libpcap-devel
      libpng-dev libpng-devel
      libpq-dev libpq-devel
      librados-dev librados-devel
      librbd-dev librbd-devel
      librdkafka-dev librdkafka-devel
      libreadline-dev readline-devel
      libsasl2-dev cyrus-sasl-devel
      libselinux1-dev libselinux-devel
      libsnappy-dev snappy-devel
      libsnmp-dev net-snmp-devel
      libsodium-dev libsodium-devel
      libsqlite3-dev sqlite-devel
      libssl-dev openssl-devel
      libsystemd-dev systemd-devel
      libtool libtool
      libudev-dev systemd-devel
      libusb-1.0-0-dev libusb1-devel
      libusb-dev libusb-devel
      libuv1-dev libuv-devel
      libvirt-dev libvirt-devel
      libxml2-dev libxml2-devel
      libxmlsec1-dev xmlsec1-devel
      libxslt1-dev libxslt-devel
      libyaml-dev libyaml-devel
      libzmq3-dev zeromq-devel
      libzstd-dev libzstd-devel
      linux-libc-dev kernel-headers
      llvm-dev llvm-devel
      m4 m4
      make make
      meson meson
      nasm nasm
      ninja-build ninja-build
      nodejs nodejs
      npm npm
      patch patch
      patchelf patchelf
      perl perl
      pkgconf pkgconf-pkg-config
      postgresql-server-dev-all postgresql-server-devel
      protobuf-compiler protobuf-compiler
      python3-dev python3-devel
      python3-pip python3-pip
      rustc rust
      swig swig
      unixodbc-dev unixODBC-devel
      unzip unzip
      uuid-dev libuuid-devel
      wget wget
      zlib1g-dev zlib-devel
      """
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(columns -> columns[0], columns -> columns[1]));

  private RpmPackages() {}

  /** For a Debian package's name. */
  static Optional<String> like(String debian) {
    return Optional.ofNullable(LIKE_DEBIAN.get(debian));
  }
}
