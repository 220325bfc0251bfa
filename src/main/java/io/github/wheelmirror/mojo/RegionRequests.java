package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.orEmpty;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.mirror.MirrorRequest.RegionSettings;
import io.github.wheelmirror.mirror.RegionPlace;
import io.github.wheelmirror.tree.RegionCommands;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The regions of a request. */
final class RegionRequests {

  /** How a URL begins, one that lacks a slash, and {@code USER@HOST:/FOLDER} of rsync. */
  private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.@_-]+):(?://|/)");

  private final AbstractMirrorMojo mojo;
  private final RequestPaths paths;
  private final ServerCredentials servers;

  RegionRequests(AbstractMirrorMojo mojo, RequestPaths paths, ServerCredentials servers) {
    this.mojo = mojo;
    this.paths = paths;
    this.servers = servers;
  }

  /**
   * The single one or those of the list.
   *
   * @throws MirrorException (input) if there are both: whoever names one means that one alone
   */
  List<RegionSettings> regions() {
    List<RegionParameter> all = new ArrayList<>();
    if (!orEmpty(mojo.region).isEmpty()) {
      if (!mojo.regions.isEmpty()) {
        throw MirrorException.input(
            "there are a <region> and <regions>",
            UrlLogin.hidden(orEmpty(mojo.region))
                + " (<region> or -Dwheel-mirror.region) would be one more of "
                + mojo.regions.size()
                + " regions, and none is chosen by it",
            "leave one of the two out; for one region of a list run Maven without this POM, with"
                + " -Dwheel-mirror.region=URL");
      }
      RegionParameter single = new RegionParameter();
      single.url = mojo.region;
      single.serverId = mojo.regionServerId;
      single.publicUrl = mojo.regionPublicUrl;
      all.add(single);
    }
    all.addAll(mojo.regions);
    WrongSettings wrong = new WrongSettings();
    List<RegionSettings> regions = wrong.readEach(all, this::region);
    wrong.refuse();
    return regions;
  }

  private RegionSettings region(RegionParameter region) {
    String url = orEmpty(region.url);
    if (url.isEmpty()) {
      throw Requests.missing("region", "url", "the folder or bucket of the released mirror");
    }
    String publicUrl = RequestPaths.known(orEmpty(region.publicUrl));
    RegionPlace place = place(RequestPaths.known(url));
    RegionCommands commands =
        new RegionCommands(
            orEmpty(region.afterStage), orEmpty(region.afterFlip), orEmpty(region.afterPrune));
    if (place instanceof RegionPlace.Host && !commands.equals(RegionCommands.NONE)) {
      throw MirrorException.input(
          "the region " + UrlLogin.hidden(url) + " has commands",
          "they are run in the region's folder, and it is not on this machine",
          "leave them out, or run Maven where the folder is");
    }
    if (!(place instanceof RegionPlace.Bucket) && !orEmpty(region.serverId).isEmpty()) {
      throw MirrorException.input(
          "the region " + UrlLogin.hidden(url) + " has the <serverId> " + orEmpty(region.serverId),
          "only a bucket needs a name and password; ssh has its keys",
          "leave out the <serverId>, or write the <url> of a bucket");
    }
    String id = orEmpty(region.id);
    return new RegionSettings(
        id.isEmpty() ? lastName(place) : id,
        place,
        servers.of(region.serverId, "serverId", mojo.session.getSettings()),
        publicUrl,
        commands);
  }

  private RegionPlace place(String text) {
    Matcher url = URL.matcher(text);
    String scheme = url.lookingAt() ? url.group(1).toLowerCase(Locale.ROOT) : "";
    try {
      if (scheme.equals("s3") && url.group().endsWith("://")) {
        return new RegionPlace.Bucket(new URI(text));
      }
      if (scheme.equals("ssh") && url.group().endsWith("://")) {
        return new RegionPlace.Host(new URI(text));
      }
      if (text.regionMatches(true, 0, "file:", 0, 5)) {
        return folder(Path.of(new URI(text)));
      }
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw MirrorException.input(
          "the region " + UrlLogin.hidden(text) + " cannot be used",
          UrlLogin.hidden(String.valueOf(e.getMessage())),
          "correct the <url>, or write the path of a folder");
    }
    if (!scheme.isEmpty()) {
      throw MirrorException.input(
          "the region " + UrlLogin.hidden(text) + " cannot be used",
          url.group().endsWith("://")
              ? "nothing can be released by " + scheme
              : "it begins with " + url.group() + " and is no URL",
          "a <url> says where the region is written: a folder, ssh://USER@HOST/FOLDER or s3://BUCKET/PREFIX; the URL under"
              + " which clients see it is the <publicUrl> (-Dwheel-mirror.regionPublicUrl)");
    }
    return folder(paths.absolute(new File(text)));
  }

  private RegionPlace folder(Path folder) {
    Path whole = folder.normalize();
    File own =
        mojo.project == null || mojo.project.getBasedir() == null
            ? new File(mojo.session.getExecutionRootDirectory())
            : mojo.project.getBasedir();
    if (whole.equals(paths.absolute(own))) {
      throw MirrorException.input(
          "the region is the project's own folder " + whole,
          "<region> says so, or is empty",
          "name a folder for the released mirror, like <region>${project.basedir}/mirror</region>");
    }
    return new RegionPlace.Folder(whole);
  }

  private static String lastName(RegionPlace place) {
    String text = place.toString();
    boolean folder = place instanceof RegionPlace.Folder; // has no options behind a '?'
    String[] names = (folder ? text : text.replaceFirst("[?].*", "")).split("/", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      if (!names[i].isEmpty()) {
        return names[i];
      }
    }
    return place.toString();
  }
}
