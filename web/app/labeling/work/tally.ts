/** What happened since the page was opened, for the summary at the end. */
export class Tally {
  answered = 0;
  skipped = 0;
  activeMillis = 0;

  add(activeMillis: number): void {
    this.answered += 1;
    this.activeMillis += activeMillis;
  }

  takeBack(activeMillis: number): void {
    this.answered -= 1;
    this.activeMillis -= activeMillis;
  }

  /** Sentences for the summary; waiting answers are named, because they are not safe on the server yet. */
  sentences(waiting: number): string[] {
    const items = this.answered === 1 ? "1 item" : `${this.answered} items`;
    const lines = [
      this.answered === 0
        ? "No answers in this sitting."
        : `You answered ${items} in ${duration(this.activeMillis)} of active time, ${duration(this.activeMillis / this.answered)} each.`,
    ];
    if (this.skipped > 0) lines.push(this.skipped === 1 ? "You skipped 1." : `You skipped ${this.skipped}.`);
    lines.push(
      waiting === 0
        ? "Everything is safe on the server."
        : `${waiting === 1 ? "1 answer waits" : `${waiting} answers wait`} in this browser; leave this page open until they are sent, or come back to it later here.`,
    );
    return lines;
  }
}

/** 4200 → "4.2 s", 95000 → "1 min 35 s", 5400000 → "1 h 30 min" */
export function duration(millis: number): string {
  const seconds = millis / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds) % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A random version 4 UUID, also where the page is not served over HTTPS. */
export function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
