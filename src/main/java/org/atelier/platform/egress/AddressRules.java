package org.atelier.platform.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which network addresses are public. */
final class AddressRules {

  private AddressRules() {}

  /**
   * Whether an address belongs to the public internet: not this machine, no private, link-local,
   * shared, documentation, benchmark, multicast or reserved range (RFC 6890), and no IPv4 address
   * of such a range wrapped in IPv6.
   */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isPublicV4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
    }
    return address instanceof Inet6Address && isPublicV6(bytes);
  }

  private static boolean isPublicV4(int a, int b, int c) {
    boolean special =
        a == 0
            || a == 10
            || a == 127
            || a >= 224
            || (a == 100 && b >= 64 && b < 128)
            || (a == 169 && b == 254)
            || (a == 172 && b >= 16 && b < 32)
            || (a == 192 && b == 168)
            || (a == 192 && b == 0 && (c == 0 || c == 2))
            || (a == 192 && b == 88 && c == 99)
            || (a == 198 && (b == 18 || b == 19))
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113);
    return !special;
  }

  private static boolean isPublicV6(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean globalUnicast = (first & 0xe0) == 0x20;
    boolean documentation =
        first == 0x20 && second == 0x01 && (bytes[2] & 0xff) == 0x0d && (bytes[3] & 0xff) == 0xb8;
    boolean teredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    boolean sixToFour = first == 0x20 && second == 0x02;
    if (sixToFour) {
      return isPublicV4(bytes[2] & 0xff, bytes[3] & 0xff, bytes[4] & 0xff);
    }
    return globalUnicast && !documentation && !teredo;
  }
}
