// The earlier pages of each image, for undoing.

const DEEPEST = 200; // changes that can be undone

export class History {
  #earlier = new Map(); // number -> pages

  remember(number, page) {
    this.#earlier.set(number, [...(this.#earlier.get(number) ?? []), page].slice(-DEEPEST));
  }

  /** Gives the page before the last change and forgets it, or undefined. */
  take(number) {
    return this.#earlier.get(number)?.pop();
  }

  has(number) {
    return Boolean(this.#earlier.get(number)?.length);
  }

  forget(number) {
    this.#earlier.delete(number);
  }
}
