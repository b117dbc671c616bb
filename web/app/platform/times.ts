/** <time datetime="…"> becomes relative ("4 minutes ago") with the exact time on hover. */
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "long" });

/** Words for an instant as seen from now; under a minute: "just now" or "in a moment". */
export function relativeTime(instant: number, now: number): string {
  const seconds = (instant - now) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return seconds > 5 ? "in a moment" : "just now";
}

function update(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[datetime]:not([data-exact])")) {
    const instant = Date.parse(time.dateTime);
    if (Number.isNaN(instant)) continue;
    const words = relativeTime(instant, Date.now());
    if (time.textContent !== words) time.textContent = words;
    time.title ||= exact.format(instant);
  }
}

export function startTimes(): void {
  update(document);
  setInterval(() => update(document), 30_000);
  document.addEventListener("htmx:load", (event) => update(event.target as Element));
}
