package io.github.wheelmirror.git;

/** IPv4 networks as {@code no_proxy} names them: {@code 10.0.0.0/8}. */
final class Ipv4Network {

  private static final int ADDRESS_BITS = 32;

  private Ipv4Network() {}

  /** Whether the host is an IPv4 address within the network; false if either is something else. */
  static boolean contains(String network, String host) {
    int slash = network.indexOf('/');
    if (slash < 0) {
      return false;
    }
    long base = address(network.substring(0, slash));
    long wanted = address(host);
    int bits = number(network.substring(slash + 1), ADDRESS_BITS);
    if (base < 0 || wanted < 0 || bits < 0) {
      return false;
    }
    int shift = ADDRESS_BITS - bits;
    return base >>> shift == wanted >>> shift;
  }

  /** The address as a number, or -1. */
  private static long address(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return -1;
    }
    long value = 0;
    for (String part : parts) {
      int octet = number(part, 255);
      if (octet < 0) {
        return -1;
      }
      value = value << 8 | octet;
    }
    return value;
  }

  private static int number(String text, int maximum) {
    if (!text.matches("[0-9]{1,3}")) {
      return -1;
    }
    int value = Integer.parseInt(text);
    return value <= maximum ? value : -1;
  }
}
