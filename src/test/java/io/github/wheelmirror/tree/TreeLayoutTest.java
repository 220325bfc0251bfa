package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.python.ProjectName;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TreeLayoutTest {

  private static final String ID = "ab" + "0".repeat(62);
  private static final String SLUG = "debian-12-x86_64";
  private static final String WHEEL = "foo-1.0+x-py3-none-any.whl";

  @Test
  void pathsAreThoseOfTheDesign() {
    String rest = "0".repeat(62);
    assertThat(TreeLayout.wheel(ID, WHEEL)).isEqualTo("pool/sha256/ab/" + rest + "/" + WHEEL);
    assertThat(TreeLayout.metadata(ID, WHEEL)).endsWith("/" + WHEEL + ".metadata");
    assertThat(TreeLayout.htmlPage(ID)).isEqualTo("pages/sha256/ab/" + rest + "/index.html");
    assertThat(TreeLayout.jsonPage(ID)).isEqualTo("pages/sha256/ab/" + rest + "/index.v1_json");
    assertThat(TreeLayout.manifest(ID)).isEqualTo("snapshots/" + ID + "/manifest.json");
    assertThat(TreeLayout.document(ID, TreeLayout.constraints("stable/2025.1")))
        .isEqualTo("snapshots/" + ID + "/constraints/stable/2025.1.txt");
    assertThat(TreeLayout.current(SLUG)).isEqualTo("channels/" + SLUG + "/current");
    assertThat(TreeLayout.stagingNote(ID)).isEqualTo("state/staging/" + ID + ".json");
    assertThat(TreeLayout.channelLock(SLUG)).startsWith("state/locks/");
  }

  @Test
  void everyLinkLeadsToWhatItIsFor() {
    Path page = Path.of(TreeLayout.projectLink(ID, ProjectName.parse("foo")));
    assertThat(page.resolveSibling(TreeLayout.projectLinkTarget(ID)).normalize())
        .hasToString(TreeLayout.pageFolder(ID));
    Path current = Path.of(TreeLayout.current(SLUG));
    assertThat(current.resolveSibling(TreeLayout.channelLinkTarget(ID)).normalize())
        .hasToString(TreeLayout.snapshot(ID));
    assertThat(TreeLayout.movingLinkTarget(SLUG)).isEqualTo(TreeLayout.current(SLUG));
    assertThat(TreeLayout.pinnedLinkTarget(ID)).isEqualTo(TreeLayout.snapshot(ID));
    assertThat(TreeLayout.pinnedLink(ID)).isEqualTo("@" + ID);
  }

  @Test
  void aWheelUrlLeadsToThePoolFromEveryMountPrefixAndBothUrls() {
    String expected =
        "https://m.example.org/a/b/" + TreeLayout.poolFolder(ID) + "/foo-1.0%2Bx-py3-none-any.whl";
    for (String top : new String[] {SLUG, "@" + ID}) {
      URI page = URI.create("https://m.example.org/a/b/" + top + "/simple/foo/");
      assertThat(page.resolve(TreeLayout.wheelUrl(ID, WHEEL))).hasToString(expected);
    }
  }

  @Test
  void namesThatLeadElsewhereAreRefused() {
    for (String branch : new String[] {"../x", "a//b", "/a", "a/../b", "a\\b", "a\nb"}) {
      assertThatThrownBy(() -> TreeLayout.constraints(branch))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String slug : new String[] {"", "..", "a/b", "pool", "state", "@x", "Debian"}) {
      assertThatThrownBy(() -> TreeLayout.slug(slug)).isInstanceOf(IllegalArgumentException.class);
    }
    for (String name : new String[] {"../a.whl", "a/b.whl", "a.zip", ".."}) {
      assertThatThrownBy(() -> TreeLayout.wheel(ID, name))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> TreeLayout.snapshot("../x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
