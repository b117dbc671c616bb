/**
 * The label editor: the server does what the buttons say and sends the rows back; this script adds
 * what needs hands on the page: dragging, keys, a fresh row after the last, colours as they are
 * chosen, and the choice of examples, from the dataset or
 * from one's own machine.
 */
import htmx from "htmx.org";
import "./editor.css";
import { startExamplePictures } from "./example-pictures";
import { startExamples } from "./examples";

export function startLabelEditor(): void {
  const form = document.querySelector<HTMLFormElement>("form.job-form");
  if (!form) return;
  form.addEventListener("input", (event) => typed(event.target as HTMLElement));
  form.addEventListener("change", (event) => colored(event.target as HTMLElement));
  form.addEventListener("keydown", moved);
  form.addEventListener("pointerdown", (event) => drag(event, form));
  form.addEventListener("draft:room", (event) => makeRoom((event as CustomEvent<[string, string][]>).detail));
  form.addEventListener("draft:back", () => drawAgain(form));
  document.addEventListener("htmx:afterSwap", () => {
    document.querySelector<HTMLElement>(`#${focusNext}`)?.focus();
    focusNext = "none";
  });
  startExamples(form);
  startExamplePictures(form);
  // After htmx, which begins to listen at the same moment.
  document.addEventListener("DOMContentLoaded", () => takeOver(form));
}

/** What was typed or chosen before this script was there, or was put back with the page, counts too. */
function takeOver(form: HTMLFormElement): void {
  const last = form.querySelector<HTMLElement>(".label-row:last-child [name=labelName]");
  if (last) typed(last);
  const dataset = form.querySelector<HTMLSelectElement>("#dataset");
  const served = [...(dataset?.options ?? [])].findIndex((option) => option.defaultSelected);
  if (dataset && dataset.selectedIndex !== Math.max(0, served)) dataset.dispatchEvent(new Event("change", { bubbles: true }));
}

let focusNext = "none";

/** Typing in the last row brings the next one. */
function typed(target: HTMLElement): void {
  const row = target.closest<HTMLElement>(".label-row");
  if (row && !row.nextElementSibling && (target as HTMLInputElement).value) addRow(row);
}

function addRow(row: HTMLElement): void {
  const fresh = row.cloneNode(true) as HTMLElement;
  for (const field of fresh.querySelectorAll<HTMLInputElement>("input, textarea, select")) {
    if (field.name !== "labelDepth") field.value = "";
  }
  const rows = row.parentElement?.children.length ?? 0;
  number(fresh, rows);
  row.after(fresh);
  const name = row.querySelector<HTMLInputElement>("[name=labelName]");
  if (name) name.placeholder = "";
}

/** As many rows as there were when the session ended, also where the page is served with more. */
function makeRoom(fields: [name: string, value: string][]): void {
  const wanted = fields.filter(([name]) => name === "labelName").length;
  for (let rows = document.querySelectorAll<HTMLElement>(".label-row"); rows.length < wanted; ) {
    const last = rows[rows.length - 1];
    if (!last) return;
    addRow(last);
    rows = document.querySelectorAll<HTMLElement>(".label-row");
  }
  if (wanted > 0) [...document.querySelectorAll(".label-row")].slice(wanted).forEach((row) => row.remove());
}

/** The server draws the rows with their colours, depths and examples from what the form says. */
function drawAgain(form: HTMLFormElement): void {
  const address = form.querySelector("button[name=act][formaction]")?.getAttribute("formaction");
  if (address) void htmx.ajax("post", address, { source: form, target: "#label-editor", swap: "outerHTML" });
}

/** Gives a row its place in names, ids and button values. */
function number(row: HTMLElement, at: number): void {
  for (const element of row.querySelectorAll<HTMLElement>("[id], [aria-label], [aria-describedby], button[value]")) {
    if (element.id) element.id = element.id.replace(/\d+/, String(at));
    for (const name of ["aria-label", "aria-describedby"]) {
      const text = element.getAttribute(name);
      const place = name === "aria-label" ? at + 1 : at;
      if (text) element.setAttribute(name, text.replace(/\d+/, String(place)));
    }
    if (element instanceof HTMLButtonElement) element.value = element.value.replace(/\d+$/, String(at));
  }
  const swatch = row.querySelector<HTMLElement>(".swatch[data-label]");
  const chosen = row.querySelector<HTMLSelectElement>("[name=labelColor]")?.value;
  if (swatch && !chosen) swatch.dataset.label = String(at % 12);
}

function colored(target: HTMLElement): void {
  if (!(target instanceof HTMLSelectElement) || target.name !== "labelColor") return;
  const row = target.closest<HTMLElement>(".label-row");
  const at = [...(row?.parentElement?.children ?? [])].indexOf(row as Element);
  const chosen = target.selectedOptions[0]?.dataset.swatch;
  const fresh = document.createElement("span");
  fresh.className = "swatch";
  fresh.setAttribute("aria-hidden", "true");
  fresh.dataset.label = chosen ?? String(at % 12);
  row?.querySelector(".swatch")?.replaceWith(fresh);
}

const ACTS: Record<string, string> = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

function moved(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>(".label-row");
  if (!row) return;
  if (event.key === "Enter" && target instanceof HTMLInputElement) {
    // Enter goes on to the next label instead of saving a job half typed.
    event.preventDefault();
    row.nextElementSibling?.querySelector<HTMLInputElement>("[name=labelName]")?.focus();
    return;
  }
  const act = event.altKey ? ACTS[event.key] : undefined;
  if (!act) return;
  event.preventDefault();
  const at = [...(row.parentElement?.children ?? [])].indexOf(row);
  const to = act === "up" ? at - 1 : act === "down" ? at + 1 : at;
  focusNext = `label-name-${Math.max(0, to)}`;
  row.querySelector<HTMLButtonElement>(`button[value^="${act}:"]`)?.click();
}

/** A row, and those under it, follow the pointer; the order of the rows is the order of the labels. */
function drag(event: PointerEvent, form: HTMLFormElement): void {
  const grip = (event.target as Element).closest("[data-grip]");
  const row = grip?.closest<HTMLElement>(".label-row");
  const list = row?.parentElement;
  if (!row || !list || !row.nextElementSibling) return;
  event.preventDefault();
  const group = groupOf(row);
  group.forEach((one) => one.classList.add("dragged"));
  const follow = (move: PointerEvent) => {
    const over = document.elementFromPoint(move.clientX, move.clientY)?.closest<HTMLElement>(".label-row");
    if (!over || over.parentElement !== list || group.includes(over)) return;
    const box = over.getBoundingClientRect();
    const before = move.clientY < box.top + box.height / 2;
    if (before) over.before(...group);
    else if (over.nextElementSibling) over.after(...group);
  };
  const drop = () => {
    form.removeEventListener("pointermove", follow);
    group.forEach((one) => one.classList.remove("dragged"));
    [...list.children].forEach((one, at) => number(one as HTMLElement, at));
  };
  form.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", drop, { once: true });
  window.addEventListener("pointercancel", drop, { once: true });
}

function groupOf(row: HTMLElement): HTMLElement[] {
  const group = [row];
  const depth = Number(row.dataset.depth);
  for (let next = row.nextElementSibling as HTMLElement | null; next; next = next.nextElementSibling as HTMLElement) {
    if (Number(next.dataset.depth) <= depth || !next.nextElementSibling) break;
    group.push(next);
  }
  return group;
}
