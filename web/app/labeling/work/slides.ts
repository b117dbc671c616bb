/**
 * The stage: each coming item is a slide built and decoded ahead and lying invisible on the stage,
 * so that showing it is one change of class. Text from items is only ever text.
 */
import type { Item, Lease, View } from "./protocol";

const BUILT_AHEAD = 3;
/** How much larger a zoomed picture is, as the style sheet has it. */
const ZOOM = 3;

interface Slide {
  lease: string;
  element: HTMLElement;
  ready: Promise<void>;
  view: number;
}

export class Stage {
  private slides: Slide[] = [];
  private readonly fetched = new Map<string, HTMLImageElement>();
  private zoomed = false;
  private finger = { x: 0, y: 0 };

  constructor(private readonly root: HTMLElement) {
    root.addEventListener("pointerdown", (event) => {
      if (event.isPrimary) this.finger = { x: event.clientX, y: event.clientY };
    });
    root.addEventListener("pointermove", (event) => {
      if (!this.zoomed || !event.isPrimary) return;
      if (event.pointerType === "touch") this.drag(event.clientX, event.clientY);
      else this.lookAt(event.clientX, event.clientY);
    });
  }

  /** Builds what comes next and fetches the pictures behind it; forgets what is over but the item just done. */
  prepare(leases: readonly Lease[], justDone?: string): void {
    for (const lease of leases.slice(0, BUILT_AHEAD)) {
      if (!this.slides.some((slide) => slide.lease === lease.lease)) this.build(lease);
    }
    const wanted = new Set(leases.map((lease) => lease.lease));
    if (justDone) wanted.add(justDone);
    for (const slide of this.slides) if (!wanted.has(slide.lease)) slide.element.remove();
    this.slides = this.slides.filter((slide) => wanted.has(slide.lease));
    const urls = new Set(leases.flatMap((lease) => lease.item.views.map((view) => view.url)));
    for (const url of this.fetched.keys()) if (!urls.has(url)) this.fetched.delete(url);
    for (const url of urls) this.fetch(url);
  }

  /** Shows an item at once. */
  show(lease: Lease): void {
    this.zoom(false);
    if (!this.slides.some((slide) => slide.lease === lease.lease)) this.build(lease);
    for (const slide of this.slides) {
      const current = slide.lease === lease.lease;
      slide.element.classList.toggle("current", current);
      slide.element.inert = !current;
      if (current) slide.element.scrollTop = 0;
    }
  }

  clear(): void {
    for (const slide of this.slides) slide.element.remove();
    this.slides = [];
    this.fetched.clear();
  }

  /** Resolves when the item's first picture is decoded. */
  ready(lease: string): Promise<void> {
    return this.slides.find((slide) => slide.lease === lease)?.ready ?? Promise.resolve();
  }

  /** Shows another view of the current item; returns its position. */
  turnTo(position: number | "next"): number {
    const slide = this.current();
    if (!slide) return 0;
    const pictures = slide.element.querySelectorAll<HTMLImageElement>("img");
    if (pictures.length === 0) return 0;
    slide.view = position === "next" ? (slide.view + 1) % pictures.length : Math.min(position, pictures.length - 1);
    pictures.forEach((picture, index) => picture.classList.toggle("seen", index === slide.view));
    return slide.view;
  }

  isZoomed(): boolean {
    return this.zoomed;
  }

  zoom(on: boolean): void {
    this.zoomed = on;
    this.root.classList.toggle("zoomed", on);
    if (on) this.root.style.setProperty("--look", "50% 50%");
  }

  /** Moves the look over a zoomed picture by shares of its size. */
  pan(x: number, y: number): void {
    const [left, top] = this.root.style.getPropertyValue("--look").split(" ").map(parseFloat);
    const within = (value: number) => Math.min(100, Math.max(0, value));
    this.root.style.setProperty("--look", `${within(left + x)}% ${within(top + y)}%`);
  }

  /** The picture follows a finger; its part that is seen moves the other way. */
  private drag(clientX: number, clientY: number): void {
    const box = this.root.getBoundingClientRect();
    const share = (from: number, to: number, size: number) => ((from - to) / size / (ZOOM - 1)) * 100;
    this.pan(share(this.finger.x, clientX, box.width), share(this.finger.y, clientY, box.height));
    this.finger = { x: clientX, y: clientY };
  }

  private lookAt(clientX: number, clientY: number): void {
    const box = this.root.getBoundingClientRect();
    const x = ((clientX - box.left) / box.width) * 100;
    const y = ((clientY - box.top) / box.height) * 100;
    this.root.style.setProperty("--look", `${x}% ${y}%`);
  }

  private current(): Slide | undefined {
    return this.slides.find((slide) => slide.element.classList.contains("current"));
  }

  private build(lease: Lease): void {
    const element = document.createElement("div");
    element.className = "slide";
    element.inert = true;
    const ready = lease.item.kind === "TEXT" ? textSlide(element, lease.item) : this.pictures(element, lease.item);
    this.root.append(element);
    this.slides.push({ lease: lease.lease, element, ready, view: 0 });
  }

  private pictures(element: HTMLElement, item: Item): Promise<void> {
    const pictures = item.views.map((view, index) => this.picture(view, item, index));
    element.append(...pictures);
    const first = pictures[0];
    if (!first) return Promise.resolve();
    return first.decode().catch(() => {
      element.append(broken(item));
    });
  }

  private picture(view: View, item: Item, index: number): HTMLImageElement {
    const picture = document.createElement("img");
    picture.decoding = "sync";
    picture.alt = `Item ${item.externalId}${item.views.length > 1 ? `, ${view.name}` : ""}`;
    picture.width = view.width;
    picture.height = view.height;
    picture.draggable = false;
    picture.classList.toggle("tiny", Math.max(view.width, view.height) <= 96);
    picture.classList.toggle("seen", index === 0);
    picture.src = view.url;
    return picture;
  }

  private fetch(url: string): void {
    if (this.fetched.has(url)) return;
    const picture = new Image();
    picture.fetchPriority = "low";
    picture.src = url;
    this.fetched.set(url, picture);
  }
}

function textSlide(element: HTMLElement, item: Item): Promise<void> {
  const text = document.createElement("p");
  text.className = "item-text";
  text.dir = "auto";
  text.textContent = item.text ?? "";
  element.append(text);
  element.tabIndex = 0;
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", `Item ${item.externalId}`);
  return Promise.resolve();
}

function broken(item: Item): HTMLElement {
  const note = document.createElement("p");
  note.className = "broken";
  note.textContent = `The picture of ${item.externalId} did not load. Press S to skip it as broken.`;
  return note;
}
