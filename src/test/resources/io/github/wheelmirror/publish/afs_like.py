"""A file system that refuses what AFS refuses: a hard link into another directory, and a rename
from one volume to another. afs_like.py BACKING MOUNT VOLUME..., each volume a path below the mount.
"""
import errno
import os
import sys

from fuse import FUSE, FuseOSError, Operations

STAT = ("st_atime", "st_ctime", "st_gid", "st_mode", "st_mtime", "st_nlink", "st_size", "st_uid")


class AfsLike(Operations):
    def __init__(self, backing, volumes):
        self.backing = backing
        self.volumes = sorted(volumes, key=len, reverse=True)

    def __call__(self, op, path, *args):
        try:
            return getattr(self, op)(path, *args)
        except OSError as e:
            raise FuseOSError(e.errno)

    def at(self, path):
        return self.backing + path

    def volume(self, path):
        for volume in self.volumes:
            if path == volume or path.startswith(volume.rstrip("/") + "/"):
                return volume
        return "/"

    def access(self, path, mode):
        if not os.access(self.at(path), mode):
            raise FuseOSError(errno.EACCES)

    def getattr(self, path, fh=None):
        found = os.lstat(self.at(path))
        return {key: getattr(found, key) for key in STAT}

    def readdir(self, path, fh):
        return [".", ".."] + os.listdir(self.at(path))

    def statfs(self, path):
        found = os.statvfs(self.at(path))
        keys = ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree", "f_files",
                "f_flag", "f_frsize", "f_namemax")
        return {key: getattr(found, key) for key in keys}

    def mkdir(self, path, mode):
        os.mkdir(self.at(path), mode)

    def rmdir(self, path):
        os.rmdir(self.at(path))

    def unlink(self, path):
        os.unlink(self.at(path))

    def symlink(self, link, target):
        os.symlink(target, self.at(link))

    def readlink(self, path):
        return os.readlink(self.at(path))

    def link(self, new, old):
        if os.path.dirname(new) != os.path.dirname(old):
            raise FuseOSError(errno.EXDEV)
        os.link(self.at(old), self.at(new))

    def rename(self, old, new):
        if self.volume(old) != self.volume(new):
            raise FuseOSError(errno.EXDEV)
        os.rename(self.at(old), self.at(new))

    def open(self, path, flags):
        return os.open(self.at(path), flags)

    def create(self, path, mode, fi=None):
        return os.open(self.at(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def read(self, path, size, offset, fh):
        return os.pread(fh, size, offset)

    def write(self, path, data, offset, fh):
        return os.pwrite(fh, data, offset)

    def truncate(self, path, length, fh=None):
        os.truncate(self.at(path), length)

    def flush(self, path, fh):
        return 0

    def release(self, path, fh):
        os.close(fh)

    def fsync(self, path, data, fh):
        os.fsync(fh)

    def fsyncdir(self, path, data, fh):
        directory = os.open(self.at(path), os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)

    def chmod(self, path, mode):
        os.chmod(self.at(path), mode)

    def utimens(self, path, times=None):
        os.utime(self.at(path), times, follow_symlinks=False)


if __name__ == "__main__":
    FUSE(AfsLike(sys.argv[1], sys.argv[3:]), sys.argv[2], foreground=True, nothreads=True)
