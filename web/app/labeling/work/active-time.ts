/**
 * Time a person really spent on an item: the pauses between their acts, each counted up to the idle
 * limit, and nothing while the page is hidden. Times are milliseconds of one monotonic clock.
 */
export class ActiveTime {
  private total = 0;
  private lastAct: number;
  private visible: boolean;

  constructor(
    now: number,
    private readonly idleLimit = 30_000,
    visible = true,
  ) {
    this.lastAct = now;
    this.visible = visible;
  }

  /** The person moved, pressed, scrolled. */
  act(now: number): void {
    this.count(now);
    this.lastAct = now;
  }

  hide(now: number): void {
    this.count(now);
    this.visible = false;
  }

  show(now: number): void {
    this.visible = true;
    this.lastAct = now;
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
