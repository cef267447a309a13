// What is asked of the server, and the queue that saves every change.

const RETRY = 2000; // milliseconds until a server that did not answer is asked again
// What was sent will never be taken. All else may pass; a server that was started anew knows this address no more.
const REFUSALS = new Set([400, 413, 415]);

/** An answer that is no success, with its HTTP status; 0 where there was none. */
export class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(`api/${path}`, { cache: "no-store", ...options });
  } catch {
    throw new Failure(0, "The server does not answer");
  }
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new Failure(response.status, told.error ?? response.statusText);
}

export const loadImages = async () => (await ask("images")).json();
export const loadPage = async (number) => (await ask(`images/${number}`)).json();
export const proposeFrame = async (number, frame) =>
  (await (await ask(`images/${number}/frames/${frame}/proposal`, { method: "POST" })).json()).boxes;

/** Gives a frame, or the "middle" one: its values, and what they mean. */
export async function loadFrame(number, frame) {
  const response = await ask(`images/${number}/frames/${frame}`);
  const facts = JSON.parse(response.headers.get("X-Frame"));
  const bytes = await response.arrayBuffer();
  return { ...facts, values: facts.samples === 1 ? new Uint16Array(bytes) : new Uint8Array(bytes) };
}

const savePage = async (number, page) =>
  (
    await ask(`images/${number}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(page),
    })
  ).json();

/** Joins two changes of one page: nothing that either window added is lost, and what both took away is gone. */
export function joined(base, mine, theirs) {
  const keys = (page) => new Map(page.boxes.map((box) => [JSON.stringify(box), box]));
  const [before, own, other] = [base, mine, theirs].map(keys);
  const boxes = [...other].filter(([key]) => own.has(key) || !before.has(key));
  for (const [key, box] of own) if (!before.has(key) && !other.has(key)) boxes.push([key, box]);
  const listed = [...new Set([...theirs.listed, ...mine.listed])];
  return {
    ...theirs,
    boxes: boxes.map(([, box]) => box),
    listed,
    frame: listed[0] ?? theirs.frame,
    text_free: boxes.length === 0 && (mine.text_free || theirs.text_free),
    reviewed: false, // nobody has seen both together
  };
}

/** Saves pages one after the other, the newest state of each; nothing is dropped that the server did not refuse. */
export class Saver {
  #waiting = new Map(); // number -> page
  #saved = new Map(); // number -> page as the server has it
  #running = null;

  /** @param told what to call: state(word, message), saved(number, page), joined(number, page), refused(number, why) */
  constructor(told) {
    this.told = told;
  }

  get busy() {
    return this.#waiting.size > 0;
  }

  /** Gives the page of an image that is not saved yet. */
  waiting(number) {
    return this.#waiting.get(number);
  }

  /** Notes what the server has. */
  know(number, page) {
    this.#saved.set(number, page);
  }

  save(number, page) {
    this.#waiting.set(number, page);
    this.told.state("saving", "Saving …");
    this.#running ??= this.#run().finally(() => (this.#running = null));
  }

  async #run() {
    while (this.#waiting.size) {
      const [number, page] = this.#waiting.entries().next().value;
      const base = this.#saved.get(number);
      try {
        const saved = await savePage(number, { ...page, revision: base.revision });
        this.#saved.set(number, saved);
        if (this.#waiting.get(number) === page) this.#waiting.delete(number);
        this.told.saved(number, saved);
      } catch (failure) {
        if (failure.status === 409) await this.#join(number, base);
        else if (REFUSALS.has(failure.status)) this.#refuse(number, failure);
        else {
          this.told.state("trouble", `Not saved: ${failure.message}. Trying again …`);
          await new Promise((resolve) => setTimeout(resolve, RETRY));
        }
      }
    }
    this.told.state("saved", "All saved");
  }

  async #join(number, base) {
    try {
      const theirs = await loadPage(number);
      const both = joined(base, this.#waiting.get(number), theirs);
      this.#saved.set(number, theirs);
      this.#waiting.set(number, both);
      this.told.joined(number, both);
    } catch (failure) {
      this.told.state("trouble", `Not saved: ${failure.message}. Trying again …`);
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }

  #refuse(number, failure) {
    this.#waiting.delete(number);
    this.told.refused(number, failure.message);
  }
}
