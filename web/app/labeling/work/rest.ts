/** What the page says when there is no item to show. */
import type { Claimed } from "./protocol";
import type { Reply } from "./server";

/** Title and sentence for the outcome of the last claim, null while it is under way. */
export function restWords(reply: Reply<Claimed> | null): [string, string] {
  if (reply === null) return ["One moment", "The next items are on their way."];
  if (reply.kind === "ok" && reply.value.state !== "RUNNING") {
    return [
      `The job is ${reply.value.state.toLowerCase()}`,
      "Nothing is lost. This page goes on by itself when the job does.",
    ];
  }
  if (reply.kind === "ok") {
    return [
      "Nothing to do right now",
      "What is open is with other people, or the model is learning from what they said. This page looks again every few seconds.",
    ];
  }
  if (reply.kind === "refused") {
    return ["This job gives no items", reply.detail || "Ask the person who runs the job."];
  }
  return ["No items are here", "They come when the server can be reached again."];
}
