/**
 * Toasts: say(text) shows and speaks a sentence. The server can say one by the response header
 * HX-Trigger: {"say":"Saved."}; a page by <template data-say>Saved.</template>.
 */
export function say(text: string, seconds = 6): void {
  const region = document.querySelector(".toasts");
  if (!region) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = text;
  region.append(toast);
  setTimeout(() => toast.remove(), seconds * 1000);
}

export function startToasts(): void {
  document.addEventListener("say", (event) => {
    const detail: unknown = (event as CustomEvent).detail;
    const value = typeof detail === "object" && detail ? (detail as { value?: unknown }).value : detail;
    if (typeof value === "string") say(value);
  });
  for (const template of document.querySelectorAll<HTMLTemplateElement>("template[data-say]")) {
    say(template.content.textContent?.trim() ?? "");
  }
  document.addEventListener("htmx:sendError", () =>
    say("The server cannot be reached. Nothing was changed; try again in a moment."),
  );
  document.addEventListener("htmx:responseError", (event) => {
    const request = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr;
    if (request.status === 401) location.reload();
    else say(problemText(request));
  });
}

function problemText(request: XMLHttpRequest): string {
  try {
    const problem = JSON.parse(request.responseText) as { title?: string; detail?: string };
    if (problem.detail ?? problem.title) return String(problem.detail ?? problem.title);
  } catch {
    /* not JSON: the page fragment says it, or the sentence below */
  }
  return "That did not work and nothing was changed. Try again in a moment.";
}
