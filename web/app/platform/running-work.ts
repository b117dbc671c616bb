/**
 * The ring of running work: <a class="running" data-running="/work/running"> asks for
 * {"count":2,"share":0.4} (share null when unknown) every few seconds while the page is visible.
 */
interface Running {
  count: number;
  share: number | null;
}

const CIRCUMFERENCE = 2 * Math.PI * 13;

export function startRunningWork(): void {
  const ring = document.querySelector<HTMLAnchorElement>("a.running[data-running]");
  const url = ring?.dataset.running;
  // while a first password is chosen nothing else answers
  if (!ring || !url || document.querySelector(".door")) return;
  let wait = 3_000;
  const ask = async () => {
    if (!document.hidden) {
      try {
        const response = await fetch(url, { headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(String(response.status));
        const running = (await response.json()) as Running;
        show(ring, running);
        wait = running.count > 0 ? 3_000 : 15_000;
      } catch {
        wait = Math.min(wait * 2, 120_000);
      }
    }
    setTimeout(() => void ask(), wait);
  };
  void ask();
}

function show(ring: HTMLAnchorElement, running: Running): void {
  const words =
    running.count === 0
      ? "No background work is running"
      : `${running.count} ${running.count === 1 ? "piece" : "pieces"} of background work running`;
  const share = running.count === 0 ? 0 : (running.share ?? 0.25);
  if (running.count > 0) ring.dataset.count = String(running.count);
  else delete ring.dataset.count;
  const label = ring.querySelector("span");
  if (label) label.textContent = running.count > 0 ? String(running.count) : "";
  ring.setAttribute("aria-label", words);
  ring.title = words;
  const arc = ring.querySelectorAll("circle")[1];
  arc?.setAttribute("stroke-dasharray", `${share * CIRCUMFERENCE} ${CIRCUMFERENCE}`);
}
