/** Entry point of the work page. */
import "./index.css";
import { startDialogs } from "../../platform/dialogs";
import { startTheme } from "../../platform/theme";
import { isTyping } from "../../platform/keys";
import { KeyList } from "./key-list";
import { keyAct, type Command } from "./keys";
import { LabelTree } from "./labels";
import { Offline } from "./offline";
import { LabelPanel, part } from "./panel";
import type { WorkConfig } from "./protocol";
import { Screen } from "./screen";
import { Server } from "./server";
import { Session } from "./session";
import { Stage } from "./slides";
import { EntryStore } from "./store";
import { Talks } from "./talks";

async function start(): Promise<void> {
  const config = JSON.parse(part(document, "#work-config").textContent ?? "{}") as WorkConfig;
  const screen = new Screen();
  const server = new Server(config);
  const stage = new Stage(part(document, "#stage"));
  const tree = new LabelTree(config.labels);
  const store = await EntryStore.open();
  const offline = new Offline(config);
  let panel: LabelPanel;
  const session = new Session(config, server, store, tree, stage, screen, () => panel, offline);
  panel = new LabelPanel(part(document, "#panel"), tree, !submitsOnChoice(config), {
    chosen: (index) => session.choose(index),
  });
  const talks = new Talks(config, server, session, screen);
  const keyList = new KeyList(config, tree, () => panel);
  startTheme();
  startDialogs();

  const commands: Record<Command, () => void> = {
    submit: () => {
      const focused = session.hasChoice() ? null : panel.focused();
      const label = focused === null ? undefined : tree.get(focused);
      if (label && (!label.selectable || config.taskType === "SINGLE")) panel.pick(label.index);
      if (label && (!label.selectable || submitsOnChoice(config))) return;
      session.submit();
    },
    undo: () => void session.undo(),
    skip: () => session.current && talks.open("skip"),
    question: () => session.current && talks.open("question"),
    search: () => panel.focusSearch(),
    keys: () => {
      keyList.show(session.current);
      talks.open("keys");
    },
    zoom: () => stage.zoom(!stage.isZoomed()),
    view: () => session.turn("next"),
    why: () => screen.toggleWhy(),
    instructions: () => talks.open("instructions"),
    labels: () => talks.open("label-guide"),
    none: () => session.none(),
    up: () => (stage.isZoomed() ? stage.zoom(false) : panel.up()),
    "next-label": () => panel.step(1),
    "previous-label": () => panel.step(-1),
  };

  document.addEventListener("keydown", (event) => {
    session.act();
    if (event.repeat || document.querySelector("dialog[open]") || isTyping(event.target)) return;
    if (stage.isZoomed() && pan(stage, event.key)) return event.preventDefault();
    const act = keyAct(event, panel.keys());
    if (!act) return;
    // A focused command button keeps its Enter; label buttons are ours.
    if (event.key === "Enter" && otherControl(event.target)) return;
    event.preventDefault();
    if ("label" in act) panel.pick(act.label);
    else commands[act.command]();
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-command]")) {
    button.addEventListener("click", (event) => {
      // A button pressed by pointer must not keep Enter: the next Enter is about the next item.
      if (event.detail > 0) button.blur();
      commands[button.dataset.command as Command]();
    });
  }
  part(document, "#submit").addEventListener("click", () => session.submit());
  part(document, "#none").hidden = config.taskType !== "MULTI";
  part(document, "#submit").hidden = submitsOnChoice(config) && !config.showPrelabels;
  for (const type of ["pointermove", "pointerdown", "wheel"]) {
    document.addEventListener(type, () => session.act(), { passive: true });
  }
  document.addEventListener("visibilitychange", () => session.visible(!document.hidden));
  window.addEventListener("pagehide", () => session.leave());
  window.addEventListener("online", () => void session.reconnect());
  window.addEventListener("focus", () => void session.reconnect());
  window.addEventListener("beforeunload", (event) => {
    if (!store.lasting && session.outbox.waiting.length > 0) event.preventDefault();
  });

  void offline.start();
  await session.start();
}

function submitsOnChoice(config: WorkConfig): boolean {
  return config.taskType === "SINGLE" && config.submitOnChoice;
}

function pan(stage: Stage, key: string): boolean {
  const steps: Record<string, [number, number]> = {
    ArrowLeft: [-15, 0],
    ArrowRight: [15, 0],
    ArrowUp: [0, -15],
    ArrowDown: [0, 15],
  };
  const step = steps[key];
  if (step) stage.pan(...step);
  return step !== undefined;
}

function otherControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button, summary") !== null && !target.closest("button[data-index]");
}

void start();
