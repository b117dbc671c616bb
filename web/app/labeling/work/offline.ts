/** Lets the page come back while there is no network; see the worker for what is kept. */
import type { Lease, WorkConfig } from "./protocol";

const WORKER = "/static/work-worker.js";

export class Offline {
  private kept = "";
  private leases: readonly Lease[] = [];
  private pending = 0;

  constructor(private readonly config: WorkConfig) {}

  /** Starts the worker of this person; where the browser has none the page works as before. */
  async start(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    // The browser tells of a script after it has run, so what the page is made of grows for a while.
    new PerformanceObserver(() => this.again()).observe({ type: "resource", buffered: true });
    try {
      await navigator.serviceWorker.register(`${WORKER}?person=${encodeURIComponent(this.config.personId)}`, {
        scope: location.pathname,
      });
    } catch {
      // Only the comfort of coming back offline is missing.
    }
  }

  private again(): void {
    clearTimeout(this.pending);
    this.pending = window.setTimeout(() => {
      if (this.kept !== "") void this.keep(this.leases);
    }, 300);
  }

  /** Names the items that are here, so that their pictures are too. */
  async keep(leases: readonly Lease[]): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    this.leases = leases;
    const pictures = leases.flatMap((lease) => lease.item.views.map((view) => view.url));
    const examples = this.config.labels.flatMap((label) => label.examples ?? []);
    const parts = [...new Set([...made(), ...examples, ...pictures])];
    const said = parts.join("\n");
    if (said === this.kept) return;
    const fresh = this.kept === "";
    this.kept = said;
    const registration = await navigator.serviceWorker.ready;
    registration.active?.postMessage({ kind: "keep", page: location.pathname, parts, fresh });
  }
}

/** What the page is made of: its scripts and styles and what those brought. */
function made(): string[] {
  const named = [...document.querySelectorAll<HTMLElement>("script[src], link[href]")].map(
    (element) => element.getAttribute("src") ?? element.getAttribute("href") ?? "",
  );
  const brought = performance
    .getEntriesByType("resource")
    .filter((entry) => ["script", "link", "css"].includes((entry as PerformanceResourceTiming).initiatorType) || /\.(js|css|woff2?|ts)(\?|$)/.test(entry.name))
    .map((entry) => entry.name);
  return [...named, ...brought]
    .map((address) => new URL(address, location.href))
    .filter((url) => url.origin === location.origin)
    .map((url) => url.href);
}
