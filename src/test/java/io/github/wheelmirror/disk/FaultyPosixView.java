package io.github.wheelmirror.disk;

import io.github.wheelmirror.disk.FaultyDisk.Step;
import io.github.wheelmirror.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owner, permissions and times of a file on a {@link FaultyDisk}. */
record FaultyPosixView(FaultyDisk disk, Path file, PosixFileAttributeView real)
    implements PosixFileAttributeView {

  private void change(Kind kind, Step<Boolean> step) throws IOException {
    disk.change(kind, file, step, image -> image.changedAttributes(file));
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return real.readAttributes();
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return real.getOwner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    change(
        Kind.PERMISSIONS,
        () -> {
          real.setOwner(owner);
          return true;
        });
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    change(
        Kind.PERMISSIONS,
        () -> {
          real.setGroup(group);
          return true;
        });
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    change(
        Kind.PERMISSIONS,
        () -> {
          real.setPermissions(permissions);
          return true;
        });
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    change(
        Kind.TIMES,
        () -> {
          real.setTimes(modified, accessed, created);
          return true;
        });
  }
}
