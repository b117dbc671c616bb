/**
 * The next items, claimed ahead so that the next one is already here. The first of the queue is the
 * item on the screen; it stays there until answered, whatever the server says about its lease.
 */
import type { Claimed, Lease } from "./protocol";
import type { Reply } from "./server";

const AHEAD = 16;
const REFILL_BELOW = 12;
const MOST = 20;

export class ItemQueue {
  private leases: Lease[] = [];
  private readonly finished = new Set<string>();
  private claiming: Promise<Reply<Claimed>> | null = null;

  constructor(
    private readonly claim: (count: number, held: string[]) => Promise<Reply<Claimed>>,
    private readonly unsent: () => string[],
  ) {}

  get current(): Lease | undefined {
    return this.leases[0];
  }

  get all(): readonly Lease[] {
    return this.leases;
  }

  needsMore(): boolean {
    return this.leases.length < REFILL_BELOW;
  }

  /** The current item is done; it does not come back unless put back. */
  next(): Lease | undefined {
    const done = this.leases.shift();
    if (done) this.finished.add(done.lease);
    return this.current;
  }

  /** An undone item comes first again. */
  putBack(lease: Lease): void {
    this.finished.delete(lease.lease);
    this.leases = [lease, ...this.leases.filter((other) => other.lease !== lease.lease)];
  }

  /** Whether no item came back and none is here. */
  isEmpty(): boolean {
    return this.leases.length === 0;
  }

  /** Goes on with items kept by an earlier page, but for those answered since. */
  restore(leases: Lease[]): void {
    const unsent = this.unsent();
    this.leases = leases.filter((one) => !unsent.includes(one.lease));
  }

  /** Asks for more; one request at a time, the same promise for all who ask meanwhile. */
  refill(): Promise<Reply<Claimed>> {
    this.claiming ??= this.ask().finally(() => {
      this.claiming = null;
    });
    return this.claiming;
  }

  extend(renewed: { lease: string; expiresAt: string }[], lost: string[]): void {
    for (const { lease, expiresAt } of renewed) {
      const held = this.leases.find((one) => one.lease === lease);
      if (held) held.expiresAt = expiresAt;
    }
    this.leases = this.leases.filter((one, index) => index === 0 || !lost.includes(one.lease));
  }

  private async ask(): Promise<Reply<Claimed>> {
    // Unsent answers still hold their leases on the server: naming them keeps them from coming again.
    const unsent = this.unsent();
    // They may arrive before the reply does, which then still names them.
    unsent.forEach((lease) => this.finished.add(lease));
    const asked = new Set([...unsent, ...this.leases.map((one) => one.lease)]);
    const count = Math.min(MOST, AHEAD + unsent.length);
    const reply = await this.claim(count, [...asked]);
    if (reply.kind === "ok") this.accept(reply.value.leases, asked, reply.value.leases.length < count);
    return reply;
  }

  /** A lease asked for and absent from a complete reply is lost; the item on the screen stays. */
  private accept(fresh: Lease[], asked: Set<string>, complete: boolean): void {
    const known = new Map(fresh.map((one) => [one.lease, one]));
    this.leases = this.leases.filter((one, index) => {
      const now = known.get(one.lease);
      if (now) one.expiresAt = now.expiresAt;
      return index === 0 || now !== undefined || !complete || !asked.has(one.lease);
    });
    const here = new Set([...this.leases.map((one) => one.lease), ...this.unsent()]);
    for (const one of fresh) {
      if (!here.has(one.lease) && !this.finished.has(one.lease)) this.leases.push(one);
    }
  }
}
