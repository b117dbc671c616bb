package org.atelier.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules of the browser's side that need no page, run in a real browser; types are checked too.
 */
class ScriptLogicTest {

  private static Chromium chromium;
  private static FrontEnd frontEnd;
  private static Page page;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    frontEnd = FrontEnd.start();
    frontEnd.serve("/empty", exchange -> FrontEnd.answer(exchange, 200, "html", "<p>".getBytes()));
    page = chromium.browser().newPage();
    page.navigate(frontEnd.url("/empty"));
  }

  @AfterAll
  static void stop() {
    frontEnd.close();
    chromium.close();
  }

  @Test
  void aWrongTypeIsFound(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("app"));
    Files.writeString(folder.resolve("app/wrong.ts"), "export const n: number = \"one\";\n");
    Files.copy(Path.of("web/tsconfig.json"), folder.resolve("tsconfig.json"));
    TypeScript.Outcome outcome = TypeScript.compile(folder, folder.resolve("out"));
    assertTrue(outcome.messages().contains("error TS2322"), outcome.messages());
  }

  @Test
  void activeTimeLeavesOutIdleAndHiddenTime() {
    // 2 s of looking, an act, 40 s idle counted as 30, an act, 5 s hidden, 1 s more
    assertEquals(
        33_000,
        run(
            "active-time",
            "const t = new m.ActiveTime(0, 30000); t.act(2000); t.act(42000); t.hide(42000);"
                + " t.show(47000); return t.restart(48000);"));
    assertEquals(
        0,
        run(
            "active-time",
            "const t = new m.ActiveTime(0); t.restart(900); return t.restart(900);"));
  }

  @Test
  void whoDoesNothingForLongOrLooksAtSomethingElseForAMinuteIsAway() {
    String away = "const t = new m.ActiveTime(0); t.act(1000); %s return t.isAway(%d, 300000);";
    assertEquals(false, run("active-time", away.formatted("", 301_000)));
    assertEquals(true, run("active-time", away.formatted("", 301_001)));
    assertEquals(false, run("active-time", away.formatted("t.hide(2000);", 62_000)));
    assertEquals(true, run("active-time", away.formatted("t.hide(2000); t.hide(9000);", 62_001)));
    assertEquals(false, run("active-time", away.formatted("t.hide(2000); t.show(70000);", 80_000)));
  }

  @Test
  void labelsGetTheirOwnKeysFirstAndNeverACommand() {
    String labels =
        "[{index:0,name:'a',shortcut:null},{index:1,name:'b',shortcut:'K'},"
            + "{index:2,name:'c',shortcut:'s'},{index:3,name:'d',shortcut:'k'}]";
    assertEquals(
        List.of("1=0", "2=2", "3=3", "k=1"),
        run(
            "keys",
            "return [...m.assignKeys(" + labels + ")].map(([k, i]) => k + '=' + i).sort();"));
    assertEquals("undo", run("keys", "return m.keyAct({key: 'U'}, new Map()).command;"));
    assertEquals(
        true, run("keys", "return m.keyAct({key: 'u', ctrlKey: true}, new Map()) === null;"));
  }

  @Test
  void aLabelCalledByADigitHasThatDigitUnlessAnotherWasGivenIt() {
    String labels =
        IntStream.range(0, 10)
            .mapToObj("{index:%1$d,name:'%1$d',shortcut:null}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    assertEquals(
        IntStream.range(0, 10).mapToObj("%1$d=%1$d"::formatted).toList(),
        run(
            "keys",
            "return [...m.assignKeys(" + labels + ")].map(([k, i]) => k + '=' + i).sort();"));
    assertEquals(
        List.of("1=1", "2=0"),
        run(
            "keys",
            "return [...m.assignKeys([{index:0,name:'1',shortcut:null},{index:1,name:'Coat',"
                + "shortcut:'1'}])].map(([k, i]) => k + '=' + i).sort();"));
  }

  @Test
  void labelSearchFindsByWordsAccentsAndPath() {
    String tree =
        "new m.LabelTree([{index:0,name:'Tops',parent:null,selectable:false},"
            + "{index:1,name:'Décolleté top',parent:0,selectable:true},"
            + "{index:2,name:'Shirt',parent:0,selectable:true,description:'with collar'}])";
    assertEquals(
        List.of(1), run("labels", "return " + tree + ".search('decoll').map(l => l.index);"));
    assertEquals(
        List.of(2), run("labels", "return " + tree + ".search('tops collar').map(l => l.index);"));
    assertEquals("Tops › Shirt", run("labels", "return " + tree + ".path(2);"));
  }

  @Test
  void aSheetIsNotRenewedUnderTheHandsOfSomebodyWhoChooses() {
    String renew =
        "document.body.innerHTML = '<div id=review><div id=review-newer><div class=notice hidden>'"
            + " + '</div></div><input type=checkbox></div>'; m.startReview();"
            + " const sheet = document.querySelector('#review');"
            + " sheet.querySelector('input').checked = %s;"
            + " const detail = {target: sheet, shouldSwap: true};"
            + " document.dispatchEvent(new CustomEvent('htmx:beforeSwap', {detail}));"
            + " return [detail.shouldSwap, sheet.querySelector('.notice').hidden];";
    assertEquals(List.of(true, true), run("../review", renew.formatted(false)));
    assertEquals(List.of(false, false), run("../review", renew.formatted(true)));
  }

  @Test
  void durationsReadNaturally() {
    assertEquals(
        List.of("4.2 s", "35 s", "1 min 35 s", "1 h 30 min"),
        run("tally", "return [4200, 35000, 95000, 5400000].map(m.duration);"));
  }

  @Test
  void labelColoursStandOutOnTheirPaperAndDifferInLightness() throws Exception {
    String tokens = Files.readString(Path.of("web/app/platform/tokens.css"));
    Matcher found =
        Pattern.compile("--label-\\d+: light-dark\\((#\\w{6}), (#\\w{6})\\)").matcher(tokens);
    List<Double> light = new ArrayList<>();
    List<Double> dark = new ArrayList<>();
    while (found.find()) {
      light.add(luminance(found.group(1)));
      dark.add(luminance(found.group(2)));
    }
    assertEquals(12, light.size());
    distinct(light, luminance("#fbfaf7"));
    distinct(dark, luminance("#161513"));
  }

  private static void distinct(List<Double> colours, double paper) {
    List<Double> lightness = new ArrayList<>();
    for (double one : colours) {
      double contrast = (Math.max(one, paper) + 0.05) / (Math.min(one, paper) + 0.05);
      assertTrue(contrast >= 3, "contrast " + contrast);
      lightness.add(116 * Math.cbrt(one) - 16);
    }
    lightness.sort(null);
    for (int i = 1; i < lightness.size(); i++) {
      assertTrue(lightness.get(i) - lightness.get(i - 1) >= 2, "lightness " + lightness);
    }
  }

  private static double luminance(String hex) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void placesOnAnAxisOfTimeAreEvenlySpacedAndOnRoundTimes() {
    String words =
        "const at = Date.parse('2026-11-30T23:%s'), to = at + %d * 60000;"
            + " return m.timeTicks(at, to, %d).map(m.tickWords);";
    String ticks = "../../platform/charts/ticks";
    assertEquals(
        List.of("23:10", "23:15", "23:20", "23:25"), run(ticks, words.formatted("08", 17, 400)));
    assertEquals(List.of("23:30", "Dec 1", "00:30"), run(ticks, words.formatted("08", 90, 300)));
    assertEquals(
        List.of("Dec 1", "Dec 2", "Dec 3"), run(ticks, words.formatted("08", 3 * 1440, 300)));
  }

  private static Object run(String module, String body) {
    return page.evaluate(
        "import('/app/labeling/work/" + module + ".js').then(m => { " + body + " })");
  }
}
