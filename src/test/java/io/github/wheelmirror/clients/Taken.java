package io.github.wheelmirror.clients;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wheels that a client took or should take.
 *
 * @param wheels their place in the pool, which has the sha256 in it, by file name
 */
record Taken(SortedMap<String, String> wheels) {

  private static final Pattern POOL = Pattern.compile("pool/sha256/(..)/([0-9a-f]{62})/");

  Taken() {
    this(new TreeMap<>());
  }

  /** Adds one by its path on the server, of which what stands before the pool does not matter. */
  void add(String path) {
    int pool = path.indexOf("/pool/");
    String place = pool < 0 ? path : path.substring(pool + 1);
    wheels.put(place.substring(place.lastIndexOf('/') + 1), place);
  }

  /** The sha256 in a path of the pool, empty if it is none. */
  static String digest(String path) {
    Matcher place = POOL.matcher(path);
    return place.find() ? place.group(1) + place.group(2) : "";
  }
}
