/**
 * Answers and skips on their way to the server: kept before they are sent, sent in order and one at
 * a time, removed only when the server has acknowledged or finally refused them. The key made with
 * the answer lets the server know a repeated one.
 */
import type { Accepted } from "./protocol";
import type { Entry, EntryStore } from "./store";
import type { Reply } from "./server";

export type Halt = "unreachable" | "no-database" | "signed-out" | "other-person" | "forbidden";

/** The way to the server: closed for a reason, catching up with answers that waited, or open (null). */
export type Way = Halt | "sending" | null;

export interface OutboxListener {
  acknowledged(entry: Entry, accepted: Accepted | null): void;
  refused(entry: Entry): void;
  /** The state of the way to the server, or how many answers wait, changed. */
  changed(way: Way, waiting: number): void;
}

export class Outbox {
  private entries: Entry[] = [];
  private notTaken: Entry[] = [];
  /** Keys of what was sent without a word from the server: it may have arrived. */
  private readonly uncertain = new Set<string>();
  /** Keys of what an earlier page, or another tab, left behind. */
  private readonly inherited = new Set<string>();
  private flying: string | null = null;
  private halt: Halt | null = null;
  /** Some of what waits was made while the way was closed, or by an earlier page. */
  private late = false;
  private failures = 0;
  private running: Promise<void> | null = null;
  private timer = 0;

  constructor(
    private readonly store: EntryStore,
    private readonly send: (entry: Entry) => Promise<Reply<Accepted | null>>,
    private readonly listener: OutboxListener,
  ) {}

  /** Takes over what an earlier page left behind; says how many. */
  async load(personId: string, jobId: string): Promise<number> {
    const kept = await this.store.all(personId, jobId);
    const found = kept.filter((entry) => entry.refused === undefined);
    this.notTaken = [...kept.filter((entry) => entry.refused !== undefined), ...this.notTaken];
    found.forEach((entry) => this.inherited.add(entry.key));
    this.entries = [...found, ...this.entries];
    if (found.length > 0) this.late = true;
    this.tell();
    return found.filter((entry) => entry.act.kind !== "undo").length;
  }

  /** Answers and skips on their way; not what was taken back. */
  get waiting(): Entry[] {
    return this.entries.filter((entry) => entry.act.kind !== "undo");
  }

  /** What the server will not take, oldest first. */
  get refused(): readonly Entry[] {
    return this.notTaken;
  }

  /** The person has done with an entry that was refused. */
  async dismiss(key: string): Promise<void> {
    this.notTaken = this.notTaken.filter((entry) => entry.key !== key);
    await this.store.remove(key).catch(() => undefined);
  }

  /** Keeps an entry, in memory where the browser will not store it, and starts sending. */
  add(entry: Entry): Promise<void> {
    this.entries.push(entry);
    const stored = this.store.put(entry).catch(() => this.tell());
    this.tell();
    void stored.then(() => this.flush());
    return stored;
  }

  /**
   * Takes an entry back; false when it is on its way or gone. What may have arrived is undone at the
   * server as soon as that can be reached, before anything that was made later is sent.
   */
  takeBack(key: string): boolean {
    if (this.flying === key) return false;
    const at = this.entries.findIndex((entry) => entry.key === key);
    const entry = this.entries[at];
    if (!entry) return false;
    if (this.uncertain.has(key)) {
      const undo: Entry = { ...entry, act: { kind: "undo", body: { key } } };
      this.entries[at] = undo;
      void this.store.put(undo).catch(() => undefined);
    } else {
      this.entries.splice(at, 1);
      void this.store.remove(key).catch(() => undefined);
    }
    this.tell();
    return true;
  }

  /** Waits until nothing is on its way; entries may still wait for the network. */
  async settled(): Promise<void> {
    while (this.flying) await this.running;
  }

  /** Sends what waits; does nothing while already sending. */
  flush(): Promise<void> {
    this.running ??= this.locked().finally(() => {
      this.running = null;
      if (this.entries.length > 0 && this.halt === null) void this.flush();
    });
    return this.running;
  }

  /** One tab sends at a time, where the browser can say so. */
  private locked(): Promise<void> {
    const owner = this.entries[0];
    if (!owner) return Promise.resolve();
    if (!navigator.locks) return this.sendAll();
    const name = `atelier-outbox-${owner.personId}-${owner.jobId}`;
    return navigator.locks.request(name, () => this.sendAll()).then(() => undefined);
  }

  private async sendAll(): Promise<void> {
    clearTimeout(this.timer);
    let entry = await this.next();
    while (entry) {
      this.flying = entry.key;
      const reply = await this.send(entry);
      this.flying = null;
      if (!(await this.settle(entry, reply))) return;
      entry = await this.next();
    }
    if (this.halt !== null) this.setHalt(null);
  }

  /** The first entry; what another tab has sent or taken back meanwhile is passed over. */
  private async next(): Promise<Entry | undefined> {
    for (let entry = this.entries[0]; entry; entry = this.entries[0]) {
      const mine = entry;
      if (!this.inherited.has(mine.key)) return mine;
      const kept = await this.store.get(mine.key).catch(() => mine);
      if (this.entries[0] !== mine) continue;
      if (kept && kept.refused === undefined) {
        this.entries[0] = kept;
        return kept;
      }
      this.entries.shift();
      this.tell();
    }
    return undefined;
  }

  private async settle(entry: Entry, reply: Reply<Accepted | null>): Promise<boolean> {
    if (reply.kind === "ok") {
      this.failures = 0;
      this.halt = null;
      await this.drop(entry);
      this.listener.acknowledged(entry, reply.value);
      return true;
    }
    if (reply.kind === "refused") {
      this.failures = 0;
      entry.refused = reply.detail || "The server does not take it.";
      this.entries = this.entries.filter((other) => other !== entry);
      this.notTaken.push(entry);
      await this.store.put(entry).catch(() => undefined);
      this.tell();
      this.listener.refused(entry);
      return true;
    }
    this.failures += 1;
    this.uncertain.add(entry.key);
    this.setHalt(reply.kind === "unreachable" && reply.database ? "no-database" : reply.kind);
    const wait = Math.min(15_000, 500 * 2 ** Math.min(this.failures, 6));
    this.timer = window.setTimeout(() => void this.flush(), wait);
    return false;
  }

  private async drop(entry: Entry): Promise<void> {
    this.entries = this.entries.filter((other) => other !== entry);
    this.uncertain.delete(entry.key);
    this.inherited.delete(entry.key);
    await this.store.remove(entry.key).catch(() => undefined);
    this.tell();
  }

  private setHalt(halt: Halt | null): void {
    this.halt = halt;
    if (halt !== null) this.late = true;
    this.tell();
  }

  private tell(): void {
    const waiting = this.waiting.length;
    if (this.halt === null && waiting === 0) this.late = false;
    this.listener.changed(this.halt ?? (this.late ? "sending" : null), waiting);
  }
}
