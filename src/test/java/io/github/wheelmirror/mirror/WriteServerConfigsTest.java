package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.RegionCommands;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteServerConfigsTest {
  @TempDir Path folder;
  private final RecordedLines lines = new RecordedLines();

  private void write(RegionPlace place) {
    write("far", place, "https://mirror.example/wheel/");
  }

  private void write(String id, RegionPlace place, String url) {
    MirrorRequest.RegionSettings region =
        new MirrorRequest.RegionSettings(id, place, null, url, RegionCommands.NONE);
    new WriteServerConfigs(List.of(region), lines.log()).run("", folder);
  }

  @Test
  void thoseOfARegionOnAnotherHostAreForItsFolderThere() {
    write(new RegionPlace.Host(URI.create("ssh://me@host.example:2222/srv/my%20wheels/")));
    assertThat(folder.resolve("far/nginx-server.conf"))
        .content()
        .contains("/srv/my wheels")
        .doesNotContain("/srv/my wheels//", "ssh:", "host.example");
    assertThat(folder.resolve("far/apache.conf")).content().contains("/srv/my wheels");
    assertThat(lines.all())
        .anyMatch(line -> line.contains("these are for host.example"))
        .noneMatch(line -> line.contains("serves itself"));
  }

  @Test
  void aHostWithoutAFolderIsRefused() {
    assertThatThrownBy(() -> write(new RegionPlace.Host(URI.create("ssh://host.example"))))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("names no folder");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aBucketServesItself() {
    write(new RegionPlace.Bucket(URI.create("s3://wheels/mirror")));
    assertThat(lines.all()).containsExactly("far is s3://wheels/mirror, which serves itself");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../other", "/etc/nginx", "eu/west", "a\0b"})
  void anIdThatLeadsElsewhereIsRefused(String id) {
    RegionPlace place = new RegionPlace.Folder(Path.of("/srv/wheel"));
    assertThatThrownBy(() -> write(id, place, "https://mirror.example/wheel/"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("is no name of a folder");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mirror example/",
        "urn:wheel",
        "mirror.example/wheel",
        "ftp://mirror.example/wheel",
        "https://me:secret@mirror.example/",
        "https://mirror.example/wheel?a=b",
        "https://mirror.example/wheel#a"
      })
  void aPublicUrlBehindWhichNoPathCanBePutIsRefused(String url) {
    RegionPlace place = new RegionPlace.Folder(Path.of("/srv/wheel"));
    assertThatThrownBy(() -> write("main", place, url))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the URL of region main cannot be used")
        .hasMessageNotContaining("secret");
  }
}
