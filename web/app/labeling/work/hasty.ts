/** A press that began before a person can have seen what it hits: the second of a double click or double tap. */

/** How long something must have been there to be answered by pointer, in milliseconds. */
const SEEN_AFTER = 300;

/**
 * Whether a click is about what was there before: a further click of the same burst, or a press
 * that began less than 300 ms after its target appeared. Clicks by key (detail 0) never are.
 */
export function isHasty(detail: number, pressedAt: number, appearedAt: number): boolean {
  return detail > 0 && (detail > 1 || pressedAt - appearedAt < SEEN_AFTER);
}

/** Keeps such clicks from the buttons below an element. */
export class HastyClicks {
  private appearedAt = -SEEN_AFTER;
  private pressedAt: number | null = null;

  constructor(root: HTMLElement) {
    root.addEventListener("pointerdown", (event) => (this.pressedAt = event.timeStamp), { capture: true, passive: true });
    root.addEventListener("click", (event) => this.clicked(event), { capture: true });
  }

  /** Another item, or another level of labels, is there now. */
  appeared(): void {
    this.appearedAt = performance.now();
  }

  private clicked(event: MouseEvent): void {
    const pressedAt = this.pressedAt ?? event.timeStamp;
    this.pressedAt = null;
    if (!(event.target as Element).closest("button")) return;
    if (!isHasty(event.detail, pressedAt, this.appearedAt)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
