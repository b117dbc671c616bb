/** Places on an axis of time: at equal distances, on round times of the reader's own day. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 2, 5, 10, 15, 30].map((count) => count * MINUTE).concat([1, 2, 3, 6, 12].map((count) => count * HOUR));
const DAYS = [1, 2, 7, 14];

/** Room that one label takes, with the gap beside it. */
const LABEL = 64;

export function timeTicks(from: number, to: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / LABEL));
  const step = STEPS.find((one) => (to - from) / one <= most);
  return step ? within(from, to, step) : days(from, to, most);
}

function within(from: number, to: number, step: number): number[] {
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  const ticks: number[] = [];
  for (let at = midnight + Math.ceil((from - midnight) / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

function days(from: number, to: number, most: number): number[] {
  const count = DAYS.find((one) => (to - from) / DAY / one <= most) ?? Math.ceil((to - from) / DAY / most);
  const day = new Date(from);
  day.setHours(0, 0, 0, 0);
  const ticks: number[] = [];
  for (; day.getTime() <= to; day.setDate(day.getDate() + count)) if (day.getTime() >= from) ticks.push(day.getTime());
  return ticks;
}

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });

/** 14:05; a day's beginning has its date. */
export function tickWords(at: number): string {
  const time = new Date(at);
  return time.getHours() === 0 && time.getMinutes() === 0 ? date.format(time) : clock.format(time);
}
