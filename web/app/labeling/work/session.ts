/** The sitting of one person at one job: from the item on the screen to the acknowledged answer. */
import { ActiveTime } from "./active-time";
import { Delivery } from "./delivery";
import type { LabelTree } from "./labels";
import type { Offline } from "./offline";
import { Outbox, type Way } from "./outbox";
import type { LabelPanel } from "./panel";
import { Leaving } from "./leaving";
import { Letters } from "./letters";
import type { Accepted, Claimed, Lease, Renewed, SkipBody, WorkConfig } from "./protocol";
import { ItemQueue } from "./queue";
import { Refusals } from "./refusals";
import { restWords } from "./rest";
import type { Screen } from "./screen";
import type { Reply, Server } from "./server";
import type { Stage } from "./slides";
import type { Entry, EntryStore } from "./store";
import { newKey, Tally } from "./tally";

interface Last {
  key: string;
  lease: Lease;
  words: string;
  activeMillis: number;
  undoUntil: number;
}

export class Session {
  readonly tally = new Tally();
  readonly outbox: Outbox;
  private readonly leaving: Leaving;
  private readonly letters: Letters;
  private readonly refusals: Refusals;
  private readonly queue: ItemQueue;
  private readonly active: ActiveTime;
  private readonly chosen = new Set<number>();
  private last: Last | null = null;
  private way: Way = null;
  private shown: Lease | null = null;
  private busy = false;
  private retry = 0;
  private over = false;
  private work = { open: 0, mine: 0 };

  constructor(
    private readonly config: WorkConfig,
    private readonly server: Server,
    private readonly store: EntryStore,
    private readonly tree: LabelTree,
    private readonly stage: Stage,
    private readonly screen: Screen,
    private readonly panel: () => LabelPanel,
    private readonly offline: Offline,
  ) {
    this.active = new ActiveTime(performance.now(), 30_000, !document.hidden);
    const delivery = new Delivery(config.urls, server, screen);
    this.outbox = new Outbox(store, (entry) => delivery.send(entry), {
      acknowledged: (entry, accepted) => this.acknowledged(entry, accepted),
      refused: (entry) => this.refused(entry),
      changed: (way, waiting) => this.wayChanged(way, waiting),
    });
    this.leaving = new Leaving(config, server, () => void this.renew(), () => this.act());
    this.letters = new Letters(screen);
    this.refusals = new Refusals(this.outbox, tree, screen);
    this.queue = new ItemQueue(
      (count, held) => this.letters.carry((seen) => server.post<Claimed>(config.urls.claim, { count, held, seen })),
      () => this.outbox.waiting.flatMap((entry) => (entry.act.kind === "undo" ? [] : [entry.act.body.lease])),
    );
  }

  async start(): Promise<void> {
    const earlier = await this.outbox.load(this.config.personId, this.config.jobId);
    const count = earlier === 1 ? "1 answer" : `${earlier} answers`;
    if (earlier > 0) this.screen.notice(`${count} from earlier waited here; sending.`);
    this.refusals.show();
    void this.outbox.flush();
    await this.refill();
    setInterval(() => void this.renew(), Math.min(60, Math.max(15, this.config.leaseSeconds / 3)) * 1000);
  }

  get current(): Lease | null {
    return this.shown;
  }

  hasChoice(): boolean {
    return this.chosen.size > 0;
  }

  /** The person did something: time counts. */
  act(): void {
    this.active.act(performance.now());
  }

  /** The page goes away: what it holds is soon free for others, unless it comes back. */
  leave(): void {
    if (!this.over) this.leaving.leave(this.queue.all.map((lease) => lease.lease));
  }

  visible(yes: boolean): void {
    if (yes) this.active.show(performance.now());
    else this.active.hide(performance.now());
    if (yes) void this.reconnect();
  }

  /** A label was chosen by key or button. */
  choose(index: number): void {
    const lease = this.shown;
    if (!lease || this.busy) return;
    if (this.config.taskType === "MULTI") {
      if (!this.chosen.delete(index)) this.chosen.add(index);
      const state = this.chosen.has(index) ? "chosen" : "not chosen";
      this.screen.speak(`${this.tree.get(index)?.name ?? ""} ${state}`);
    } else {
      this.chosen.clear();
      this.chosen.add(index);
    }
    this.mark();
    if (this.config.taskType === "SINGLE" && this.config.submitOnChoice) this.submit();
  }

  /** Sends what is chosen, or what the model suggests when nothing is. */
  submit(): void {
    const lease = this.shown;
    if (!lease || this.busy) return;
    const suggested = [...this.suggested()];
    const classes = this.chosen.size > 0 ? [...this.chosen] : suggested;
    if (classes.length === 0) {
      if (this.config.taskType === "SINGLE") this.screen.speak("Choose a label first");
      else this.screen.notice("Choose a label, or press − for none of these");
      return;
    }
    this.give(lease, classes.sort((a, b) => a - b));
  }

  /** Says that no label of the set fits, whatever is chosen or suggested. */
  none(): void {
    const lease = this.shown;
    if (lease && !this.busy && this.config.taskType === "MULTI") this.give(lease, []);
  }

  private give(lease: Lease, classes: number[]): void {
    const activeMillis = this.active.restart(performance.now());
    const key = newKey();
    const names = classes.map((index) => this.tree.get(index)?.name ?? "").join(", ") || "none of the labels";
    this.last = {
      key,
      lease,
      words: names,
      activeMillis,
      undoUntil: Date.now() + this.config.graceSeconds * 1000,
    };
    this.tally.add(activeMillis);
    this.count(1);
    this.advance();
    this.screen.answered(names);
    this.endGrace(this.last);
    void this.outbox.add(
      this.entry(key, lease, {
        kind: "answer",
        body: {
          key,
          lease: lease.lease,
          task: lease.task,
          classes,
          activeMillis,
          answeredAt: new Date().toISOString(),
        },
      }),
    );
  }

  skip(reason: SkipBody["reason"], text?: string): void {
    const lease = this.shown;
    if (!lease || this.busy) return;
    const activeMillis = this.active.restart(performance.now());
    this.tally.skipped += 1;
    this.last = null;
    this.advance();
    this.screen.noLast("Skipped");
    const body: SkipBody = { lease: lease.lease, reason, activeMillis, ...(text ? { text } : {}) };
    void this.outbox.add(this.entry(newKey(), lease, { kind: "skip", body }));
  }

  /** Takes the last answer back: from the outbox when it has not left, else from the server. */
  async undo(): Promise<void> {
    const last = this.last;
    if (this.busy) return;
    if (!last) {
      this.screen.notice("Nothing to undo: only the last answer can be taken back, and a skip cannot.");
      return;
    }
    if (this.outbox.takeBack(last.key)) {
      this.undone(last, last.lease);
      return;
    }
    this.busy = true;
    await this.outbox.settled();
    if (this.outbox.takeBack(last.key)) {
      this.busy = false;
      this.undone(last, last.lease);
      return;
    }
    const reply = await this.server.post<{ undone: boolean; lease: Lease | null }>(this.config.urls.undo, {
      key: last.key,
    });
    this.busy = false;
    if (reply.kind === "ok") this.undone(last, reply.value.lease);
    else if (reply.kind === "refused") {
      this.screen.notice(reply.detail || "It is too late to undo that answer.");
      this.screen.noUndo();
    } else if (reply.kind === "signed-out") {
      this.screen.notice("Your session has ended. Sign in in another tab, then undo it.");
    } else this.screen.notice("The server cannot be reached, so that answer cannot be undone now.");
  }

  /** Gives back what is not answered, so that others get it. */
  async finish(): Promise<void> {
    this.over = true;
    void this.outbox.flush();
    const leases = this.queue.all.map((lease) => lease.lease);
    if (leases.length > 0) await this.server.post(this.config.urls.release, { leases });
  }

  resume(): void {
    this.over = false;
    void this.refill();
  }

  /** After a sign-in in another tab, or when the network says it is back. */
  async reconnect(): Promise<void> {
    if (this.way === "signed-out" || this.way === "other-person") {
      const session = await this.server.renewSession();
      if (session === "signed-out" || session === "other") return;
    }
    void this.outbox.flush();
    if (this.queue.needsMore()) void this.refill();
  }

  private entry(key: string, lease: Lease, act: Entry["act"]): Entry {
    const { personId, jobId } = this.config;
    return { key, personId, jobId, madeAt: Date.now(), externalId: lease.item.externalId, act };
  }

  private advance(): void {
    const done = this.shown;
    this.chosen.clear();
    this.queue.next();
    this.showCurrent();
    // Building what comes later must not delay the picture of now.
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.stage.prepare(this.queue.all, done?.lease);
        this.keep();
        if (this.queue.needsMore()) void this.refill();
      }),
    );
  }

  private showCurrent(): void {
    const lease = this.queue.current ?? null;
    this.shown = lease;
    this.panel().reset();
    this.mark();
    if (!lease) {
      if (!this.over) this.rest(null);
      return;
    }
    this.stage.show(lease);
    this.screen.item(lease, (index) => this.turn(index));
  }

  turn(to: number | "next"): void {
    this.screen.turned(this.stage.turnTo(to));
  }

  /** The numbers above the item move with each answer; the next claim corrects them. */
  private count(answers: number): void {
    const capped = this.work.open > 10_000;
    this.work = {
      open: capped ? this.work.open : Math.max(0, this.work.open - answers),
      mine: this.work.mine + answers,
    };
    this.screen.work(this.work);
  }

  /** What is left for this person: the server counts what nobody has taken, not what is here. */
  private left(open: number): number {
    const here = this.queue.all.length;
    if (open > 10_000) return open;
    return this.config.answersPerItem === 1 ? open + here : Math.max(open, here);
  }

  private unsentAnswers(): number {
    return this.outbox.waiting.filter((one) => one.act.kind === "answer").length;
  }

  private suggested(): Set<number> {
    const shown = this.config.showPrelabels ? this.shown?.prelabel : null;
    return new Set(shown?.classes ?? []);
  }

  private mark(): void {
    this.panel().mark(this.chosen, this.suggested());
  }

  private async refill(): Promise<void> {
    clearTimeout(this.retry);
    const reply = await this.queue.refill();
    if (this.over) return;
    if (reply.kind === "unreachable" && this.queue.isEmpty()) await this.restore();
    if (reply.kind === "ok") {
      this.work = { open: this.left(reply.value.open), mine: reply.value.mine + this.unsentAnswers() };
      this.screen.work(this.work);
      if (!this.outbox.waiting.length) this.wayChanged(null, 0);
    } else if (reply.kind !== "refused") this.wayChanged(reply.kind, this.outbox.waiting.length);
    this.stage.prepare(this.queue.all, this.last?.lease.lease);
    if (reply.kind === "ok") this.keep();
    if (!this.shown && this.queue.current) this.showCurrent();
    if (!this.shown) this.rest(reply);
    if (reply.kind !== "ok" || this.queue.isEmpty()) {
      this.retry = window.setTimeout(() => void this.reconnect(), reply.kind === "ok" ? 5_000 : 3_000);
    }
  }

  /** What is here is here again after a reload, with or without network. */
  private keep(): void {
    const { personId, jobId } = this.config;
    const leases = [...this.queue.all];
    void this.store.keepItems(personId, jobId, { leases, work: this.work });
    void this.offline.keep(leases);
  }

  private async restore(): Promise<void> {
    const kept = await this.store.keptItems(this.config.personId, this.config.jobId);
    if (!kept) return;
    this.queue.restore(kept.leases);
    this.work = kept.work;
    this.count(0);
  }

  private rest(reply: Reply<Claimed> | null): void {
    this.screen.resting(...restWords(reply));
  }

  private async renew(): Promise<void> {
    const away = this.active.isAway(performance.now(), this.config.leaseSeconds * 500);
    const leases = this.queue.all.map((lease) => lease.lease);
    if (away || this.over || leases.length === 0) return;
    const reply = await this.letters.carry((seen) =>
      this.server.post<Renewed>(this.config.urls.renew, { leases, seen }),
    );
    if (reply.kind === "ok") this.queue.extend(reply.value.leases, reply.value.lost);
  }

  private acknowledged(entry: Entry, accepted: Accepted | null): void {
    if (!accepted || this.last?.key !== entry.key) return;
    this.last.undoUntil = Date.parse(accepted.undoUntil) || this.last.undoUntil;
    this.screen.reason(accepted.why);
    this.endGrace(this.last);
  }

  private refused(entry: Entry): void {
    if (this.last?.key === entry.key) this.screen.noUndo();
    this.screen.notice(`The answer for ${entry.externalId} was not taken: ${entry.refused ?? ""}`);
    this.refusals.show();
  }

  private endGrace(last: Last): void {
    setTimeout(
      () => {
        if (this.last === last && Date.now() >= last.undoUntil && !this.outbox.waiting.some((one) => one.key === last.key)) {
          this.screen.noUndo();
        }
      },
      Math.max(0, last.undoUntil - Date.now()) + 50,
    );
  }

  private undone(last: Last, lease: Lease | null): void {
    this.tally.takeBack(last.activeMillis);
    this.count(-1);
    this.last = null;
    this.screen.noLast(`Took back: ${last.words}`);
    if (!lease) {
      this.screen.notice("Taken back. Somebody else has the item now.");
      return;
    }
    this.queue.putBack(lease);
    this.keep();
    this.chosen.clear();
    this.active.restart(performance.now());
    this.showCurrent();
  }

  private wayChanged(way: Way, waiting: number): void {
    this.way = way;
    this.screen.way(way, waiting, this.store.lasting);
  }
}
