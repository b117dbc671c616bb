package org.atelier.labeling.workpage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.BoundingBox;
import org.junit.jupiter.api.Test;

/** The labeler's page under a finger. */
class TouchTest extends WorkPageScene {

  private static final int STEPS = 10;

  /** Longer than an item must have been there to be answered by pointer. */
  private static final int SEEN_MILLIS = 400;

  @Test
  void aZoomedPictureFollowsTheFinger() {
    openOnAPhone();
    page.locator("[data-command=zoom]").tap();
    assertThat(page.locator("#stage")).hasClass("stage zoomed");
    assertEquals("50% 50%", look());
    BoundingBox before = page.locator(".slide.current img.seen").boundingBox();
    drag(60, 100);
    BoundingBox after = page.locator(".slide.current img.seen").boundingBox();
    assertEquals(60, after.x - before.x, 1);
    assertEquals(100, after.y - before.y, 1);
  }

  @Test
  void aPictureIsNotDraggedPastItsEdge() {
    openOnAPhone();
    page.locator("[data-command=zoom]").tap();
    drag(-150, -150);
    drag(-150, -150);
    drag(-150, -150);
    drag(-150, -150);
    drag(-150, -150);
    drag(-150, -150);
    assertTrue(look().startsWith("100% "), this::look);
  }

  @Test
  void aDoubleTapAnswersOneItem() {
    openOnAPhone();
    page.waitForTimeout(SEEN_MILLIS);
    BoundingBox label = page.locator(".label").nth(4).boundingBox();
    tap(label);
    tap(label);
    shows("garment-0001");
    page.waitForTimeout(SEEN_MILLIS);
    shows("garment-0001");
    tap(label);
    shows("garment-0002");
    waitFor(() -> server.answers().size() == 2);
  }

  @Test
  void aLabelThatWasTappedLooksLikeTheOthersAtTheNextItem() {
    openOnAPhone();
    page.waitForTimeout(SEEN_MILLIS);
    tap(page.locator(".label").nth(4).boundingBox());
    shows("garment-0001");
    page.waitForTimeout(SEEN_MILLIS);
    assertEquals(look(5), look(4));
  }

  @Test
  void aPhoneShowsHowManyAreDoneAndOpen() {
    openOnAPhone();
    assertThat(page.locator("#count")).isVisible();
    assertThat(page.locator("#count")).hasText("0 yours · 10 open");
    BoundingBox count = page.locator("#count").boundingBox();
    assertTrue(count.y + count.height <= page.locator("#about").boundingBox().y, count::toString);
    BoundingBox end = page.locator(".work-top .end").boundingBox();
    assertTrue(count.x + count.width <= end.x, () -> count + " runs into " + end);
  }

  private void tap(BoundingBox box) {
    page.touchscreen().tap(box.x + box.width / 2, box.y + box.height / 2);
  }

  private String look(int label) {
    return (String)
        page.evaluate(
            "at => { const style = getComputedStyle(document.querySelectorAll('.label')[at]);"
                + " return style.borderColor + style.backgroundColor + style.boxShadow; }",
            label);
  }

  private void openOnAPhone() {
    options.setHasTouch(true).setIsMobile(true).setViewportSize(390, 844);
    open(SampleJob.pictures(10));
  }

  /** Where the zoomed picture is looked at. */
  private String look() {
    return (String)
        page.evaluate("document.querySelector('#stage').style.getPropertyValue('--look')");
  }

  /** One finger from the middle of the stage, as the browser's own gestures see it. */
  private void drag(double right, double down) {
    BoundingBox stage = page.locator("#stage").boundingBox();
    double x = stage.x + stage.width / 2;
    double y = stage.y + stage.height / 2;
    CDPSession finger = context.newCDPSession(page);
    touch(finger, "touchStart", x, y);
    for (int step = 1; step <= STEPS; step++) {
      touch(finger, "touchMove", x + right * step / STEPS, y + down * step / STEPS);
    }
    touch(finger, "touchEnd");
    finger.detach();
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
  }

  private static void touch(CDPSession finger, String type, double... place) {
    JsonArray points = new JsonArray();
    if (place.length > 0) {
      JsonObject point = new JsonObject();
      point.addProperty("x", place[0]);
      point.addProperty("y", place[1]);
      points.add(point);
    }
    JsonObject touch = new JsonObject();
    touch.addProperty("type", type);
    touch.add("touchPoints", points);
    finger.send("Input.dispatchTouchEvent", touch);
  }
}
