/** Requests of the work page, their outcomes sorted by what the page has to do about them. */
import type { WorkConfig } from "./protocol";

export type Reply<T> =
  | { kind: "ok"; value: T }
  /** Network gone, server down, database lost, too many requests: keep everything, try again. */
  | { kind: "unreachable"; status: number; database?: boolean }
  | { kind: "signed-out" }
  | { kind: "other-person" }
  | { kind: "forbidden" }
  | { kind: "refused"; status: number; code: string; detail: string };

type Standing = "same" | "other" | "signed-out" | "unreachable";

const TIMEOUT = 15_000;

export class Server {
  private renewal: Promise<Standing> | null = null;

  constructor(private readonly config: WorkConfig) {}

  async post<T>(url: string, body: unknown): Promise<Reply<T>> {
    const { token } = this.config.csrf;
    const first = await this.send<T>("POST", url, body);
    if (!isForgeryGuard(first)) return first;
    // Another request may have fetched the new token while this one was on its way.
    const session = this.config.csrf.token === token ? await this.renewSession() : "same";
    if (session !== "same") return sessionReply(session);
    const again = await this.send<T>("POST", url, body);
    // Never a word about what was sent: it is kept and tried again later.
    return isForgeryGuard(again) ? { kind: "unreachable", status: 400 } : again;
  }

  /**
   * Says something that outlives the page; nobody hears the answer. Where a worker stands between
   * page and network, it has to say it: browsers drop what passes through it when the page is gone.
   */
  farewell(url: string, content: unknown): void {
    const headers = {
      "Content-Type": "application/json",
      "X-Atelier-Person": this.config.personId,
      [this.config.csrf.header]: this.config.csrf.token,
    };
    const body = JSON.stringify(content);
    const worker = navigator.serviceWorker?.controller;
    if (worker) worker.postMessage({ kind: "farewell", url, headers, body });
    else void fetch(url, { method: "POST", keepalive: true, headers, body }).catch(() => undefined);
  }

  get<T>(url: string): Promise<Reply<T>> {
    return this.send<T>("GET", url, undefined);
  }

  /**
   * Asks for this page again to learn who is signed in now and which forgery token holds; never
   * answers for somebody else. One request at a time: each may bring a token of its own, of which
   * the browser keeps the last.
   */
  renewSession(): Promise<Standing> {
    this.renewal ??= this.askForPage().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async askForPage(): Promise<Standing> {
    try {
      const response = await fetch(location.pathname, {
        headers: { Accept: "text/html" },
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (response.status >= 500) return "unreachable";
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const text = page.getElementById("work-config")?.textContent;
      if (!text) return "signed-out";
      const fresh = JSON.parse(text) as WorkConfig;
      if (fresh.personId !== this.config.personId) return "other";
      this.config.csrf = fresh.csrf;
      return "same";
    } catch {
      return "unreachable";
    }
  }

  private async send<T>(method: string, url: string, body: unknown): Promise<Reply<T>> {
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          Accept: "application/json",
          "X-Atelier-Person": this.config.personId,
          ...(method === "POST"
            ? { "Content-Type": "application/json", [this.config.csrf.header]: this.config.csrf.token }
            : {}),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return await sorted<T>(response);
    } catch {
      return { kind: "unreachable", status: 0 };
    }
  }
}

/** The token does not belong to the cookie: the cookie is gone, or came anew with another session. */
function isForgeryGuard(reply: Reply<unknown>): boolean {
  return reply.kind === "refused" && reply.status === 400 && (reply.code === "token-expired" || reply.code === "");
}

function sessionReply(session: Exclude<Standing, "same">): Reply<never> {
  if (session === "other") return { kind: "other-person" };
  return session === "signed-out" ? { kind: "signed-out" } : { kind: "unreachable", status: 0 };
}

async function sorted<T>(response: Response): Promise<Reply<T>> {
  const { status } = response;
  if (status === 401) return { kind: "signed-out" };
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  if (status >= 500 || status === 429 || status === 408) {
    const why = json ? ((await response.json()) as { code?: string }).code : "";
    return { kind: "unreachable", status, database: why === "database-unavailable" };
  }
  if (response.ok) {
    // A page instead of JSON is the sign-in page, reached by a redirect.
    return json ? { kind: "ok", value: (await response.json()) as T } : { kind: "signed-out" };
  }
  const problem = json
    ? ((await response.json()) as { code?: string; title?: string; detail?: string })
    : {};
  const code = problem.code ?? "";
  if (code.endsWith("other-person")) return { kind: "other-person" };
  if (status === 403 && code !== "") return { kind: "forbidden" };
  return { kind: "refused", status, code, detail: problem.detail ?? problem.title ?? "" };
}
