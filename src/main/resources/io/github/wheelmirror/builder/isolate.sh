# isolate.sh FOLDER... - PLACE... -- PROGRAM...: run in mount, network and process namespaces of its own (unshare),
# it makes every mount but the FOLDERs, /dev and /proc read-only, covers each PLACE and starts the program where it was called.
here=$(pwd -P)
set -f
mount --make-rprivate / || exit 125
mine=
while [ "$1" != - ]; do
  mount --bind "$1" "$1" || exit 125
  # /proc/self/mounts writes a blank as \040
  mine=$mine$(printf %s "$1" | sed 's/\\/\\134/g; s/ /\\040/g')' '
  shift
done
shift
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then
    mount -t tmpfs -o ro,nosuid,nodev,noexec,size=4k tmpfs "$1"
  else
    mount --bind /dev/null "$1"
  fi 2> /dev/null || [ ! -e "$1" ] || exit 125
  shift
done
shift
# root needs no capability for the disks in the host's /dev, nor for the settings of the kernel
if mount -t tmpfs -o mode=755,size=256m tmpfs /dev/shm; then
  mkdir -p /dev/shm/dev/pts /dev/shm/dev/shm
  for node in null zero full random urandom tty; do
    : > "/dev/shm/dev/$node" && mount --bind "/dev/$node" "/dev/shm/dev/$node"
  done
  for link in fd:/proc/self/fd stdin:/proc/self/fd/0 stdout:/proc/self/fd/1 stderr:/proc/self/fd/2 ptmx:pts/ptmx; do
    ln -s "${link#*:}" "/dev/shm/dev/${link%%:*}"
  done
  mount --rbind /dev/shm/dev /dev
  mount -t devpts -o newinstance,ptmxmode=0666,nosuid,noexec devpts /dev/pts
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /dev/shm
  mount -o remount,bind,ro /dev
fi 2> /dev/null
# another user cannot write there; in a user namespace no other /proc could be mounted over a covered one
if [ "$(id -u)" = 0 ] && [ -w /proc/sys/kernel/core_pattern ]; then
  for one in /proc/sys /proc/sysrq-trigger /proc/irq /proc/bus /proc/fs; do
    [ ! -e "$one" ] || { mount --bind "$one" "$one" && mount -o remount,bind,ro,nosuid,nodev,noexec "$one"; } || exit 125
  done
fi
ip link set lo up 2> /dev/null
while read -r device point kind options rest; do
  case $point in /proc | /proc/* | /dev | /dev/*) continue ;; esac
  for one in $mine; do
    case $point in "$one" | "$one"/*) continue 2 ;; esac
  done
  # a user namespace may not take these away, so they are said again
  kept=
  for flag in nosuid nodev noexec noatime relatime nodiratime; do
    case ,$options, in *,$flag,*) kept=$kept,$flag ;; esac
  done
  mount -o "remount,bind,ro$kept" "$point" 2> /dev/null
done < /proc/self/mounts
cd "$here" || exit 125
exec "$@"
