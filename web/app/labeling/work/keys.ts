/** Which key does what; pure, so that it can be tested without a page. */
import type { Label } from "./protocol";

export type Command =
  | "submit"
  | "undo"
  | "skip"
  | "question"
  | "search"
  | "keys"
  | "zoom"
  | "view"
  | "why"
  | "instructions"
  | "labels"
  | "up"
  | "next-label"
  | "previous-label"
  | "none";

export type KeyAct = { command: Command } | { label: number } | null;

const COMMANDS: Record<string, Command> = {
  enter: "submit",
  u: "undo",
  s: "skip",
  q: "question",
  "/": "search",
  "?": "keys",
  z: "zoom",
  v: "view",
  w: "why",
  i: "instructions",
  d: "labels",
  "-": "none",
  escape: "up",
  backspace: "up",
  arrowdown: "next-label",
  arrowright: "next-label",
  arrowup: "previous-label",
  arrowleft: "previous-label",
};

/** Keys given to labels without one of their own, in this order. */
export const LABEL_KEYS = [..."1234567890abcdefghijklmnoprtxy"].filter((key) => !(key in COMMANDS));

/**
 * Gives each shown label a key: its own when it is one free sign that is no command; a label that
 * is called by a digit gets that digit; the others get the next free key. Labels beyond the keys
 * get none and are reached by arrows or search.
 */
export function assignKeys(labels: Label[]): Map<string, number> {
  const byKey = new Map<string, number>();
  const own = (label: Label) => label.shortcut?.trim().toLowerCase() ?? "";
  const digit = (label: Label) => (/^[0-9]$/.test(label.name.trim()) ? label.name.trim() : "");
  const keyed = (wish: (label: Label) => string, from: Label[]) =>
    from.filter((label) => {
      const key = wish(label);
      const taken = [...key].length !== 1 || key in COMMANDS || byKey.has(key);
      if (!taken) byKey.set(key, label.index);
      return taken;
    });
  const without = keyed(digit, keyed(own, labels));
  const free = LABEL_KEYS.filter((key) => !byKey.has(key));
  without.slice(0, free.length).forEach((label, index) => byKey.set(free[index], label.index));
  return byKey;
}

/** Digits for the first labels that a search found: they choose while the field has the focus. */
export function digitKeys(found: Label[]): Map<string, number> {
  return new Map(found.slice(0, 10).map((label, at) => [LABEL_KEYS[at], label.index]));
}

/** What a key means now; null when it means nothing here (also with Ctrl, Alt or Meta held). */
export function keyAct(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">,
  byKey: Map<string, number>,
): KeyAct {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const key = event.key.toLowerCase();
  const label = byKey.get(key);
  if (label !== undefined) return { label };
  const command = COMMANDS[key];
  return command ? { command } : null;
}
