// What keys and drags change of the page that is shown: each change is saved, and the page before it remembered.

import { proposeFrame } from "./api.js";
import { placed } from "./boxes.js";
import * as edits from "./edits.js";
import { notice } from "./labels.js";
import { accepted } from "./text.js";

const $ = (id) => document.getElementById(id);

export class Changes {
  /** `state` is the page's; `show` and `select` are what the page does with a page and a box; `flush` ends typing. */
  constructor({ state, history, saver, show, select, flush }) {
    Object.assign(this, { state, history, saver, show, select, flush });
  }

  /** Takes up a changed page, saves it, and remembers the one before. */
  take(page, remember = true) {
    const { number } = this.state;
    if (remember) this.history.remember(number, this.state.page);
    this.saver.save(number, page);
    this.show(page);
  }

  replace(box) {
    this.take(edits.replaced(this.state.page, this.state.selected, box));
  }

  draw({ x, y, w, h }) {
    const { state } = this;
    const box = { frame: state.frame, x, y, w, h, text: null, kind: null, phi: null };
    const page = edits.withMore(state.page, state.frame, [box]);
    state.selected = page.boxes.length - 1;
    this.take(page);
    $("text").value = "";
  }

  place(index, { x, y, w, h }) {
    const { page } = this.state;
    this.take(edits.replaced(page, index, accepted({ ...page.boxes[index], x, y, w, h })));
  }

  accept() {
    this.flush();
    const { state } = this;
    const box = state.page?.boxes[state.selected];
    if (!box) return;
    if (box.proposed) this.replace(accepted(box));
    const following = [...state.page.boxes.keys()].map((at) => (at + state.selected + 1) % state.page.boxes.length);
    const open = following.find((at) => state.page.boxes[at].proposed && state.page.boxes[at].frame === state.frame);
    if (open !== undefined) this.select(open);
  }

  reject() {
    const { state } = this;
    if (!state.page?.boxes[state.selected]) return;
    const [page, open] = edits.without(state.page, state.selected);
    state.selected = -1;
    $("text").value = "";
    this.take(page);
    if (open >= 0) this.select(open, false);
  }

  noText() {
    if (!this.state.page) return;
    this.state.selected = -1;
    this.take(edits.textFree(this.state.page));
  }

  undo() {
    const before = this.history.take(this.state.number);
    if (!before) return;
    this.state.selected = -1;
    this.take(before, false);
  }

  nudge(dx, dy, stretch) {
    const { page, selected } = this.state;
    const box = page?.boxes[selected];
    if (!box) return;
    this.place(selected, (stretch ? edits.stretched : placed)(box, dx, dy, page.size));
  }

  listFrame(whether) {
    const { page, frame } = this.state;
    if (!whether) this.state.selected = -1;
    this.take((whether ? edits.listed : edits.unlisted)(page, frame));
  }

  async propose() {
    const { number, frame, page } = this.state;
    if (!page) return;
    $("propose").disabled = true;
    try {
      const found = await proposeFrame(number, frame);
      if (this.state.number !== number || this.state.frame !== frame) return;
      this.take(edits.withFound(this.state.page, frame, found));
    } catch (failure) {
      notice(failure.message);
    } finally {
      $("propose").disabled = false;
    }
  }
}
