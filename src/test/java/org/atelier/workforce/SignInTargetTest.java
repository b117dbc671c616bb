package org.atelier.workforce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where somebody goes after signing in. */
class SignInTargetTest {

  @Test
  void anAddressThatLeadsAwayIsNotFollowed() {
    for (String away : List.of("//evil.example", "https://evil.example", "/\\evil.example")) {
      assertEquals("/", SignInPages.local(away), away);
    }
    assertEquals("/p/atelier?x=1", SignInPages.local("/p/atelier?x=1"));
  }

  @Test
  void whatIsNoAddressLeadsToTheFirstPageAndOtherLettersAreEncoded() {
    for (String none : List.of("/search?q=a|b", "/x?q=100%", "/x?q={a}", "/\u2028")) {
      assertEquals("/", SignInPages.local(none), none);
    }
    assertEquals("/caf%C3%A9", SignInPages.local("/café"));
  }
}
