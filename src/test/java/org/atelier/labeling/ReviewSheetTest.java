package org.atelier.labeling;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import org.atelier.platform.web.Chromium;
import org.atelier.platform.web.FrontEnd;
import org.junit.jupiter.api.Test;

/** The buttons under a contact sheet. */
class ReviewSheetTest {

  private static final String SHEET =
      """
      <!doctype html><div id="review"><form>
      <ul class="sheet"><li><input type="checkbox" name="item" value="1"></li></ul>
      <div class="decide"><button name="act" value="confirm">Right</button>
      <select name="label"><option value="" disabled selected>choose</option>
      <option value="0">Shirt</option></select>
      <button name="act" value="correct">Label</button></div></form></div>
      <script type="module">import { startReview } from "/app/labeling/review.js";
      startReview();</script>
      """;

  @Test
  void nothingIsDoneWithTheChosenUntilSomethingIsChosen() throws Exception {
    try (FrontEnd frontEnd = FrontEnd.start();
        Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.context()) {
      byte[] sheet = SHEET.getBytes(StandardCharsets.UTF_8);
      frontEnd.serve("/sheet", exchange -> FrontEnd.answer(exchange, 200, "html", sheet));
      Page page = context.newPage();
      page.navigate(frontEnd.url("/sheet"));
      Locator confirm = page.locator("[value=confirm]");
      Locator correct = page.locator("[value=correct]");
      assertThat(confirm).isDisabled();
      page.check("[name=item]");
      assertThat(confirm).isEnabled();
      assertThat(correct).isDisabled();
      page.selectOption("[name=label]", "0");
      assertThat(correct).isEnabled();
      page.uncheck("[name=item]");
      assertThat(confirm).isDisabled();
    }
  }
}
