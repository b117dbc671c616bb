/** What the lead answered: told once when it comes, and kept to be read again in this sitting. */
import { note, noteButton, openNotes } from "./notes";
import { part } from "./panel";
import type { AnsweredQuestion, Mail } from "./protocol";
import type { Screen } from "./screen";
import type { Reply } from "./server";

export class Letters {
  private read: AnsweredQuestion[] = [];
  private readonly shown = new Set<string>();

  constructor(private readonly screen: Screen) {
    openNotes("letters");
  }

  /** Sends a request that also says which answers were shown here, and that brings new ones. */
  async carry<T extends Mail>(send: (seen: string[]) => Promise<Reply<T>>): Promise<Reply<T>> {
    const seen = [...this.shown];
    const reply = await send(seen);
    if (reply.kind === "ok") {
      seen.forEach((question) => this.shown.delete(question));
      this.take(reply.value.questionsAnswered ?? []);
    }
    return reply;
  }

  private take(answered: AnsweredQuestion[]): void {
    const fresh = answered.filter(
      (one) => !this.read.some((known) => known.question === one.question && known.answer === one.answer),
    );
    answered.forEach((one) => this.shown.add(one.question));
    if (fresh.length === 0) return;
    const renewed = new Set(fresh.map((one) => one.question));
    this.read = [...fresh, ...this.read.filter((known) => !renewed.has(known.question))];
    const [newest] = fresh;
    const more = fresh.length > 1 ? ` ${fresh.length - 1} more above.` : "";
    this.screen.notice(`Your question about ${newest.externalId} was answered: ${newest.answer}${more}`);
    noteButton("letters", this.read.length, this.read.length === 1 ? "answer" : "answers");
    part(document, "#letters .notes").replaceChildren(
      ...this.read.map((one) => note(one.externalId, one.answer, `You asked: ${one.text}`)),
    );
  }
}
