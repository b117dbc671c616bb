/**
 * What must survive reload, crash and sign-in: answers and skips not yet acknowledged by the
 * server, in IndexedDB, each under its person and job. Without IndexedDB the page says so and keeps
 * them in memory only.
 */
import type { AnswerBody, Lease, SkipBody } from "./protocol";

export interface Entry {
  key: string;
  personId: string;
  jobId: string;
  madeAt: number;
  externalId: string;
  act: { kind: "answer"; body: AnswerBody } | { kind: "skip"; body: SkipBody } | { kind: "undo"; body: { key: string } };
  /** Why the server will not take it; it is kept for the person to see. */
  refused?: string;
}

/** The items that were here last, so that a page that comes back without network goes on with them. */
export interface KeptItems {
  leases: Lease[];
  work: { open: number; mine: number };
}

const DATABASE = "atelier-work";
const STORE = "outbox";
const ITEMS = "items";

export class EntryStore {
  /** Keys of entries that the browser would not store, for want of room for example. */
  private readonly unstored = new Set<string>();

  /** Whether what an earlier page left behind could not be read. */
  private unread = false;
  private reopening: Promise<void> | null = null;
  private database: IDBDatabase | null = null;

  /** Whether another page has removed the database, as signing out does: nothing is stored again. */
  private left = false;

  private constructor() {}

  /** False when entries, or some of them, live in memory only. */
  get lasting(): boolean {
    return this.database !== null && this.unstored.size === 0 && !this.unread;
  }

  static async open(): Promise<EntryStore> {
    const store = new EntryStore();
    await store.connect();
    return store;
  }

  /** Entries of this person in this job, oldest first; none where they cannot be read. */
  async all(personId: string, jobId: string): Promise<Entry[]> {
    try {
      const transaction = await this.begin(STORE, "readonly");
      if (!transaction) return [];
      const index = transaction.objectStore(STORE).index("owner");
      const found = await done<Entry[]>(index.getAll([personId, jobId]));
      return found.sort((a, b) => a.madeAt - b.madeAt || a.key.localeCompare(b.key));
    } catch {
      this.unread = true;
      return [];
    }
  }

  /** The entry as it is now, which another tab may have changed; undefined when it is gone. */
  async get(key: string): Promise<Entry | undefined> {
    const transaction = await this.begin(STORE, "readonly");
    return transaction ? done<Entry | undefined>(transaction.objectStore(STORE).get(key)) : undefined;
  }

  async put(entry: Entry): Promise<void> {
    try {
      await this.write(STORE, (store) => store.put(entry));
      this.unstored.delete(entry.key);
    } catch (error) {
      this.unstored.add(entry.key);
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    this.unstored.delete(key);
    await this.write(STORE, (store) => store.delete(key));
  }

  /** Remembers the items that are here, for this person in this job. */
  async keepItems(personId: string, jobId: string, items: KeptItems): Promise<void> {
    await this.write(ITEMS, (store) => store.put(items, [personId, jobId])).catch(() => undefined);
  }

  async keptItems(personId: string, jobId: string): Promise<KeptItems | undefined> {
    try {
      const transaction = await this.begin(ITEMS, "readonly");
      if (!transaction) return undefined;
      return await done<KeptItems | undefined>(transaction.objectStore(ITEMS).get([personId, jobId]));
    } catch {
      return undefined;
    }
  }

  private async write(name: string, act: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const durability = name === STORE ? "strict" : "relaxed";
    const transaction = await this.begin(name, "readwrite", { durability });
    if (!transaction) return;
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
      act(transaction.objectStore(name));
    });
  }

  private async connect(): Promise<void> {
    this.database = await opened(() => {
      this.left = true;
      this.database = null;
    });
  }

  /** Begins a transaction; a database that the browser closed by itself is opened once more. */
  private async begin(
    name: string,
    mode: IDBTransactionMode,
    options?: IDBTransactionOptions,
  ): Promise<IDBTransaction | null> {
    try {
      return this.database?.transaction(name, mode, options) ?? null;
    } catch (error) {
      if (this.left) throw error;
      this.reopening ??= this.connect().finally(() => {
        this.reopening = null;
      });
      await this.reopening;
      return this.database?.transaction(name, mode, options) ?? null;
    }
  }
}

/** The database, null where the browser has none for this page; tells when another page removes it. */
function opened(removed: () => void): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(DATABASE, 2);
      request.onupgradeneeded = (event) => {
        if (event.oldVersion < 1) {
          const store = request.result.createObjectStore(STORE, { keyPath: "key" });
          store.createIndex("owner", ["personId", "jobId"]);
        }
        request.result.createObjectStore(ITEMS);
      };
      request.onsuccess = () => {
        const database = request.result;
        database.onversionchange = () => {
          database.close();
          removed();
        };
        resolve(database);
      };
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("not read"));
  });
}
