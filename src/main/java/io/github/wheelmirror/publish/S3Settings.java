package io.github.wheelmirror.publish;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How one region in a bucket is configured.
 *
 * @param name the region's name, for messages
 * @param bucket the bucket's name
 * @param prefix what all keys begin with, with a slash at its end; "" for the whole bucket
 * @param endpoint where a server other than Amazon's listens, an http or https URL; "" for
 *     Amazon's. With one, the bucket is named in the path of requests and not in the host
 * @param awsRegion such as {@code eu-central-1}; "" leaves it to the environment or the profile,
 *     and with an endpoint means {@code us-east-1}, which such servers accept
 * @param credentials the access key as name and the secret key as password; {@link
 *     Credentials#NONE} looks where Amazon's own tools look: the environment, system properties,
 *     the profile of {@code ~/.aws}, the role of the container or of the instance
 * @param publicUrl where clients see the prefix; "" if nobody knows, then no client configuration
 *     is written
 * @param lockWait how long to wait for another run
 * @param commands what the operator wants to be run
 * @param signing who signs what is released
 */
public record S3Settings(
    String name,
    String bucket,
    String prefix,
    String endpoint,
    String awsRegion,
    Credentials credentials,
    String publicUrl,
    Duration lockWait,
    RegionCommands commands,
    Signing signing) {

  /** The rules for new buckets; some old ones have names that only path requests can name. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Pattern AWS_REGION = Pattern.compile("[a-z0-9-]+");
  private static final Set<String> OPTIONS = Set.of("endpoint", "region");

  public S3Settings {
    Objects.requireNonNull(name);
    Objects.requireNonNull(credentials);
    Objects.requireNonNull(lockWait);
    Objects.requireNonNull(commands);
    Objects.requireNonNull(signing);
    prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    // checks it, and ends it with a slash
    publicUrl = new RegionSettings(name, java.nio.file.Path.of(""), publicUrl, lockWait).url();
  }

  /**
   * Reads {@code s3://BUCKET/PREFIX?endpoint=URL&region=REGION}; prefix and both options may be
   * left out.
   *
   * @throws MirrorException (input) if it names no bucket or an unknown option
   */
  public static S3Settings parse(
      String name,
      String url,
      Credentials credentials,
      String publicUrl,
      Duration lockWait,
      RegionCommands commands,
      Signing signing) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw bad(name, url, String.valueOf(e.getReason()));
    }
    if (!"s3".equalsIgnoreCase(uri.getScheme())) {
      throw bad(name, url, "it does not begin with s3://");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw bad(name, url.replaceFirst("//[^/]*@", "//****@"), "it has more than it may have");
    }
    String bucket = Objects.requireNonNullElse(uri.getRawAuthority(), "");
    if (!BUCKET.matcher(bucket).matches()) {
      throw bad(name, url, "'" + bucket + "' is no name of a bucket");
    }
    Map<String, String> options = options(name, url, uri.getRawQuery());
    String awsRegion = options.getOrDefault("region", "");
    if (!awsRegion.isEmpty() && !AWS_REGION.matcher(awsRegion).matches()) {
      throw bad(name, url, "'" + awsRegion + "' is no name of a region");
    }
    return new S3Settings(
        name,
        bucket,
        prefix(name, url, Objects.requireNonNullElse(uri.getPath(), "")),
        endpoint(name, url, options.getOrDefault("endpoint", "")),
        awsRegion,
        keys(name, credentials),
        publicUrl,
        lockWait,
        commands,
        signing);
  }

  private static String prefix(String name, String url, String path) {
    String prefix = path.replaceFirst("^/", "").replaceFirst("/$", "");
    for (String part : prefix.split("/", -1)) {
      boolean bad = part.isEmpty() || part.equals(".") || part.equals("..");
      if (!prefix.isEmpty() && bad || part.chars().anyMatch(c -> c < ' ' || c == 127)) {
        throw bad(name, url, "clients cannot use a prefix like '" + prefix + "'");
      }
    }
    return prefix;
  }

  private static Map<String, String> options(
      String name, String url, @org.jspecify.annotations.Nullable String query) {
    Map<String, String> options = new TreeMap<>();
    for (String option : Objects.requireNonNullElse(query, "").split("&", -1)) {
      if (option.isEmpty()) {
        continue;
      }
      int equals = option.indexOf('=');
      String key = equals < 0 ? option : option.substring(0, equals);
      if (!OPTIONS.contains(key)) {
        throw bad(name, url, "there is no option '" + key + "', only endpoint and region");
      }
      String value = equals < 0 ? "" : option.substring(equals + 1);
      if (options.put(key, URLDecoder.decode(value, StandardCharsets.UTF_8)) != null) {
        throw bad(name, url, "it has the option " + key + " twice");
      }
    }
    return options;
  }

  private static String endpoint(String name, String url, String endpoint) {
    if (endpoint.isEmpty()) {
      return "";
    }
    try {
      URI uri = new URI(endpoint);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      throw bad(name, url, "its endpoint is no URL: " + e.getReason());
    }
    throw bad(
        name, url, "its endpoint is not an http or https URL with a host and without a password");
  }

  private static Credentials keys(String name, Credentials credentials) {
    boolean half = credentials.username().isEmpty() != credentials.password().reveal().isEmpty();
    if (half) {
      throw MirrorException.input(
          "the credentials of region " + name + " cannot be used",
          "the server " + credentials.serverId() + " has only one of its two keys",
          "write the access key as its <username> and the secret key as its <password>, or leave"
              + " out the <serverId> to use what Amazon's own tools use");
    }
    return credentials;
  }

  private static MirrorException bad(String name, String url, String why) {
    return MirrorException.input(
        "the <url> " + UrlLogin.hidden(url) + " of region " + name + " cannot be used",
        UrlLogin.hidden(why),
        "write s3://BUCKET or s3://BUCKET/PREFIX, with ?region=REGION for a bucket of Amazon's or"
            + " ?endpoint=https://HOST for one elsewhere");
  }

  /** Where an object lies, for messages. */
  String address(String key) {
    return "s3://" + bucket + "/" + prefix + key;
  }
}
