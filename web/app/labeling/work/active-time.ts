/**
 * Time a person really spent on an item: the pauses between their acts, each counted up to the idle
 * limit, and nothing while the page is hidden. Times are milliseconds of one monotonic clock.
 */
export class ActiveTime {
  /** Who looks at something else for longer does not work here. */
  private static readonly HIDDEN_LIMIT = 60_000;

  private acted: number;
  private hiddenSince: number | null = null;
  private total = 0;
  private lastAct: number;
  private visible: boolean;

  constructor(
    now: number,
    private readonly idleLimit = 30_000,
    visible = true,
  ) {
    this.lastAct = now;
    this.acted = now;
    this.visible = visible;
  }

  /** The person moved, pressed, scrolled. */
  act(now: number): void {
    this.count(now);
    this.lastAct = now;
    this.acted = now;
  }

  hide(now: number): void {
    this.count(now);
    this.visible = false;
    this.hiddenSince ??= now;
  }

  show(now: number): void {
    this.visible = true;
    this.hiddenSince = null;
    this.lastAct = now;
    this.acted = now;
  }

  /** Whether the person did nothing for so long, or has looked at something else for a minute. */
  isAway(now: number, idle: number): boolean {
    const hidden = this.hiddenSince === null ? 0 : now - this.hiddenSince;
    return now - this.acted > idle || hidden > ActiveTime.HIDDEN_LIMIT;
  }

  /** Milliseconds so far; the item shown next starts at zero. */
  restart(now: number): number {
    this.count(now);
    const spent = Math.round(this.total);
    this.total = 0;
    this.lastAct = now;
    return spent;
  }

  private count(now: number): void {
    if (this.visible) this.total += Math.min(Math.max(0, now - this.lastAct), this.idleLimit);
    this.lastAct = now;
  }
}
