/** Takes entries of the outbox to the server. */
import type { Accepted, WorkConfig } from "./protocol";
import type { Screen } from "./screen";
import type { Reply, Server } from "./server";
import type { Entry } from "./store";

export class Delivery {
  constructor(
    private readonly urls: WorkConfig["urls"],
    private readonly server: Server,
    private readonly screen: Screen,
  ) {}

  /** Sends an entry; what the server has no more use for counts as sent. */
  async send(entry: Entry): Promise<Reply<Accepted | null>> {
    if (entry.act.kind === "answer") return this.server.post<Accepted>(this.urls.answers, entry.act.body);
    if (entry.act.kind === "undo") return this.sendUndo(entry, entry.act.body);
    const reply = await this.server.post<unknown>(this.urls.skip, entry.act.body);
    if (reply.kind === "ok") return { kind: "ok", value: null };
    // A lease that is gone needs no skipping any more.
    const gone = reply.kind === "refused" && (reply.status === 404 || reply.status === 409);
    return gone ? this.unlessOther() : reply;
  }

  /** An answer that the server does not know never arrived: there is nothing to undo. */
  private async sendUndo(entry: Entry, body: { key: string }): Promise<Reply<null>> {
    const reply = await this.server.post<unknown>(this.urls.undo, body);
    if (reply.kind === "ok") return { kind: "ok", value: null };
    if (reply.kind !== "refused") return reply;
    if (reply.status === 404) return this.unlessOther();
    this.screen.notice(`The answer for ${entry.externalId} stays: ${reply.detail || "it is too late to undo it."}`);
    return { kind: "ok", value: null };
  }

  /** A thing that is not ours may be so because somebody else signed in meanwhile. */
  private async unlessOther(): Promise<Reply<null>> {
    const session = await this.server.renewSession();
    if (session === "same") return { kind: "ok", value: null };
    return session === "other" ? { kind: "other-person" } : session === "signed-out" ? { kind: session } : { kind: session, status: 0 };
  }
}
