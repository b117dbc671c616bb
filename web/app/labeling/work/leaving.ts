import type { WorkConfig } from "./protocol";
import type { Server } from "./server";

/** The farewell of the page that was here before may arrive after this one has its items. */
const AFTER_THE_FAREWELL = [5000, 13_000];
/** That of another tab arrives about when that tab tells of it. */
const AFTER_ANOTHER_TAB = 2000;

/**
 * Tells the server that the page goes away, so that nobody waits for the items it holds, and the
 * person's other tabs, which may hold the same ones. The server gives a page that is loaded again
 * fifteen seconds; whoever still shows the items renews them in that time. Who comes back to a page
 * that the browser kept is somebody who works.
 */
export class Leaving {
  /** Null where the browser has none or refuses it: then only this page is known. */
  private readonly tabs: BroadcastChannel | null;

  constructor(
    private readonly config: WorkConfig,
    private readonly server: Server,
    renew: () => void,
    isBack: () => void,
  ) {
    this.tabs = channel(`atelier-work-${config.jobId}-${config.personId}`);
    this.tabs?.addEventListener("message", () => setTimeout(renew, AFTER_ANOTHER_TAB));
    const renewSoon = (): void => AFTER_THE_FAREWELL.forEach((millis) => setTimeout(renew, millis));
    renewSoon();
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      isBack();
      renew();
      renewSoon();
    });
  }

  leave(leases: string[]): void {
    if (leases.length === 0) return;
    this.server.farewell(this.config.urls.leave, { leases });
    this.tabs?.postMessage("left");
  }
}

function channel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
