/** What stands around the item: progress, state, the strip about the last answer, facts of the item. */
import { part } from "./panel";
import type { Accepted, Claimed, Item, Lease } from "./protocol";
import type { Way } from "./outbox";

const whole = new Intl.NumberFormat("en");

export class Screen {
  private readonly live = part(document, "#live");
  private readonly status = part(document, "#status");
  private readonly signIn = part(document, "#sign-in");
  private readonly progress = part(document, "#progress") as HTMLProgressElement;
  private readonly count = part(document, "#count");
  private readonly last = part(document, "#last");
  private readonly undo = part(document, "#undo") as HTMLButtonElement;
  private readonly why = part(document, "#why") as HTMLButtonElement;
  private readonly whyText = part(document, "#why-text");
  private readonly rest = part(document, "#rest");
  private readonly about = part(document, "#about");

  /** Says something to screen readers only. */
  speak(text: string): void {
    this.live.textContent = text;
  }

  item(lease: Lease, turn: (index: number) => void): void {
    const { item } = lease;
    document.body.classList.remove("resting");
    part(this.about, ".external-id").textContent = item.externalId;
    const thumbs = part(this.about, ".views");
    thumbs.replaceChildren(...(item.views.length > 1 ? item.views.map((view, index) => thumb(view, index, turn)) : []));
    part(this.about, ".metadata dl").replaceChildren(...facts(item));
    this.speak(`Item ${item.externalId}. ${item.kind === "TEXT" ? (item.text ?? "") : ""}`);
  }

  turned(index: number): void {
    this.about.querySelectorAll(".views button").forEach((button, at) => {
      button.setAttribute("aria-pressed", String(at === index));
    });
  }

  work(claimed: Pick<Claimed, "open" | "mine">): void {
    const open = claimed.open > 10_000 ? "more than 10,000" : whole.format(claimed.open);
    this.progress.max = Math.max(1, claimed.open + claimed.mine);
    this.progress.value = claimed.mine;
    this.count.textContent = `${whole.format(claimed.mine)} yours · ${open} open`;
  }

  /** Nothing to show: why, and what happens next. */
  resting(title: string, text: string): void {
    document.body.classList.add("resting");
    part(this.rest, "h2").textContent = title;
    part(this.rest, "p").textContent = text;
    this.speak(`${title}. ${text}`);
  }

  way(way: Way, waiting: number, lasting: boolean): void {
    const answers = waiting === 1 ? "1 answer" : `${whole.format(waiting)} answers`;
    const kept = waiting === 0 ? "" : `${answers} ${waiting === 1 ? "waits" : "wait"} ${lasting ? "in this browser" : "in this page: do not close it"}`;
    const text = {
      open: "",
      sending: `Sending ${answers} that waited here${lasting ? "." : ": do not close the page yet."}`,
      unreachable: `Offline. ${kept ? `${kept} and will be sent when the connection is back.` : "You can go on with the items that are here."}`,
      "no-database": `The database cannot be reached. ${kept ? `${kept} and will be sent when it is back.` : "You can go on with the items that are here."}`,
      "signed-out": `Your session has ended. ${kept ? `${kept}. ` : ""}Sign in again, then go on here.`,
      "other-person": `Somebody else is signed in now. ${kept ? `${kept} for you. ` : ""}Sign in as yourself to go on.`,
      forbidden: `You may not work on this job any more. ${kept ? `${kept}.` : ""}`,
    }[way ?? "open"];
    this.signIn.hidden = way !== "signed-out" && way !== "other-person";
    // A number that counts down is read once, not at every step.
    this.status.setAttribute("aria-live", document.body.dataset.way === "sending" && way === "sending" ? "off" : "polite");
    if (this.status.textContent !== text) this.status.textContent = text;
    document.body.dataset.way = way ?? "open";
  }

  /** The strip: what was answered last and whether it can be undone. */
  answered(text: string): void {
    this.last.textContent = text;
    this.undo.disabled = false;
    this.why.disabled = true;
    this.whyText.hidden = true;
  }

  noUndo(): void {
    this.undo.disabled = true;
  }

  noLast(text = ""): void {
    this.last.textContent = text;
    this.undo.disabled = true;
    this.why.disabled = true;
    this.whyText.hidden = true;
  }

  reason(why: Accepted["why"]): void {
    this.why.disabled = !why;
    this.whyText.textContent = why?.text ?? "";
  }

  toggleWhy(): void {
    if (this.why.disabled) return;
    this.whyText.hidden = !this.whyText.hidden;
    this.why.setAttribute("aria-expanded", String(!this.whyText.hidden));
    if (!this.whyText.hidden) this.speak(this.whyText.textContent ?? "");
  }

  /** A sentence that stays until the next one. */
  notice(text: string): void {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.textContent = text;
    part(document, ".toasts").replaceChildren(toast);
    setTimeout(() => toast.remove(), 8_000);
  }
}

function thumb(view: { name: string; url: string }, index: number, turn: (index: number) => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-pressed", String(index === 0));
  button.setAttribute("aria-label", `View ${view.name}`);
  const picture = document.createElement("img");
  picture.src = view.url;
  picture.alt = "";
  button.append(picture);
  button.addEventListener("click", () => turn(index));
  return button;
}

function facts(item: Item): HTMLElement[] {
  return Object.entries(item.metadata ?? {})
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => {
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = name.replaceAll(/[_-]+/g, " ");
      text.textContent = typeof value === "object" ? JSON.stringify(value) : String(value);
      text.dir = "auto";
      row.append(term, text);
      return row;
    });
}
