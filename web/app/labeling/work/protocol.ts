/** The JSON that the work page and the server exchange; times are ISO-8601 in UTC. */
export interface Label {
  index: number;
  name: string;
  color: string | null;
  /** Place among the twelve colours; null when the colour is none of them. */
  swatch?: number | null;
  shortcut: string | null;
  description: string | null;
  parent: number | null;
  selectable: boolean;
  examples?: string[];
}

export interface WorkConfig {
  jobId: string;
  title: string;
  projectSlug: string;
  taskType: "SINGLE" | "MULTI";
  itemKind: "IMAGE" | "TEXT";
  labels: Label[];
  instructionsHtml: string | null;
  submitOnChoice: boolean;
  graceSeconds: number;
  leaseSeconds: number;
  answersPerItem: number;
  showPrelabels: boolean;
  personId: string;
  csrf: { header: string; token: string };
  urls: Record<
    | "claim"
    | "answers"
    | "undo"
    | "skip"
    | "release"
    | "leave"
    | "renew"
    | "question"
    | "summary"
    | "job"
    | "signIn"
    | "myWork",
    string
  >;
}

export interface View {
  name: string;
  url: string;
  width: number;
  height: number;
}

export interface Item {
  id: string;
  externalId: string;
  kind: "IMAGE" | "TEXT";
  text: string | null;
  views: View[];
  metadata: Record<string, unknown>;
}

export interface Lease {
  lease: string;
  task: string;
  expiresAt: string;
  item: Item;
  prelabel?: { classes: number[]; confidence: number } | null;
}

export interface Claimed extends Mail {
  leases: Lease[];
  open: number;
  mine: number;
  state: string;
}

export interface Renewed extends Mail {
  leases: { lease: string; expiresAt: string }[];
  lost: string[];
}

export interface AnswerBody {
  key: string;
  lease: string;
  task: string;
  classes: number[];
  activeMillis: number;
  answeredAt: string;
}

export interface Accepted {
  key: string;
  undoUntil: string;
  why: { reason: string; text: string } | null;
  surplus?: boolean;
}

export interface SkipBody {
  lease: string;
  reason: "UNSURE" | "BROKEN" | "NOT_MINE" | "OTHER";
  text?: string;
  activeMillis: number;
}

/** What the lead answered to a question of this person. */
export interface AnsweredQuestion {
  question: string;
  externalId: string;
  text: string;
  answer: string;
}

/** Claims and renewals bring the answers that this person has not been shown yet, newest first. */
export interface Mail {
  questionsAnswered?: AnsweredQuestion[];
}
