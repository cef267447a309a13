// The right side: the chosen line, and all lines of the frame.

import { meaning } from "./boxes.js";
import { accepted, extent, withExtent, withKind, withText } from "./text.js";

const $ = (id) => document.getElementById(id);
const made = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/** Shows and edits the lines of a page. */
export class Panel {
  #box = null;
  #identifying = [];

  /** @param told what to call: change(box, field), select(index), accept(), reject(), notice(words) */
  constructor(told) {
    this.told = told;
    $("editor").addEventListener("submit", (event) => event.preventDefault());
    // Not each letter, but each pause: that is often enough for what is typed not to be lost.
    $("text").addEventListener("input", () => this.#soon());
    $("text").addEventListener("change", () => this.flush());
    $("kind").addEventListener("change", (event) => this.#change(withKind(this.#box, event.target.value || null, this.#identifying)));
    $("moves").addEventListener("change", (event) => this.#change({ ...this.#box, varies_across_frames: event.target.checked }));
    $("identifies").addEventListener("change", (event) => this.#identifies(event.target.value));
    $("lines").addEventListener("mousedown", (event) => this.#press(event));
    $("accept").addEventListener("click", () => told.accept());
    $("reject").addEventListener("click", () => told.reject());
  }

  /** Fills the list of categories. */
  categories(identifying, harmless) {
    this.#identifying = identifying;
    const option = (kind) => made("option", { value: kind }, kind);
    $("kind").replaceChildren(
      made("option", { value: "" }, "unknown"),
      made("optgroup", { label: "identifies someone" }, ...identifying.map(option)),
      made("optgroup", { label: "identifies nobody" }, ...harmless.map(option)),
    );
  }

  show({ boxes, selected, frame, frames }) {
    const box = boxes[selected]?.frame === frame ? boxes[selected] : null;
    this.#box = box;
    $("fields").disabled = !box;
    $("editor-title").textContent = !box ? "No box selected" : box.proposed ? `Proposed, ${percent(box.score)} sure` : "Accepted";
    if ($("text").value !== (box?.text ?? "") && document.activeElement !== $("text")) $("text").value = box?.text ?? "";
    $("kind").value = box?.kind ?? "";
    const much = box ? extent(box, this.#identifying) : "";
    for (const choice of $("identifies").querySelectorAll("input")) choice.checked = choice.value === much;
    $("moves-row").hidden = frames < 2;
    $("moves").checked = Boolean(box?.varies_across_frames);
    $("accept").disabled = !box?.proposed;
    this.#mark(box, much);
    this.#list(boxes, selected, frame);
  }

  /** Selects on the press: leaving the text field may save, which makes the list anew before the button comes up. */
  #press(event) {
    const item = event.target.closest("li");
    if (!item || event.button !== 0) return;
    event.preventDefault();
    document.activeElement?.blur();
    this.told.select(Number(item.dataset.index));
  }

  /** Takes up what was typed, if anything was. */
  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.#box && $("text").value !== (this.#box.text ?? "")) this.#change(withText(this.#box, $("text").value), "text");
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 400);
  }

  #change(box, field) {
    this.told.change(accepted(box), field);
  }

  #identifies(much) {
    const { selectionStart: start, selectionEnd: end } = $("text");
    this.flush();
    if (much === "part" && !(start < end)) this.told.notice("Select the identifying letters in the text field first, then press part.");
    else if (much === "all" && this.#box.text === null && !this.#identifying.includes(this.#box.kind))
      this.told.notice("Choose a category, or write the text down.");
    else return this.#change(withExtent(this.#box, much, this.#identifying, [start, end]));
    const kept = extent(this.#box, this.#identifying);
    for (const choice of $("identifies").querySelectorAll("input")) choice.checked = choice.value === kept;
  }

  #mark(box, much) {
    $("marked").hidden = much !== "part";
    if (much !== "part") return;
    const pieces = [];
    let done = 0;
    for (const [start, end, kind] of box.phi) {
      pieces.push(box.text.slice(done, start), made("mark", { title: kind ?? box.kind ?? "" }, box.text.slice(start, end)));
      done = end;
    }
    $("marked").replaceChildren(...pieces, box.text.slice(done));
  }

  #list(boxes, selected, frame) {
    const here = boxes.map((box, index) => [box, index]).filter(([box]) => box.frame === frame);
    const open = here.filter(([box]) => box.proposed).length;
    $("line-count").textContent = here.length ? `${here.length}${open ? `, ${open} proposed` : ""}` : "";
    $("lines").replaceChildren(...here.map(([box, index]) => this.#item(box, index, index === selected)));
    $("lines").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  #item(box, index, current) {
    const words = made("span", { class: box.text === null ? "words none" : "words" }, box.text ?? "text not written down");
    const kind = made("span", { class: "kind" }, box.kind ?? "unknown");
    const button = made("button", { type: "button", title: box.text ?? "" }, made("span", { class: "swatch" }), words, kind);
    button.addEventListener("click", (event) => event.detail === 0 && this.told.select(index)); // by the keyboard
    const item = made("li", { "data-meaning": meaning(box, this.#identifying), "data-index": index }, button);
    if (current) item.setAttribute("aria-current", "true");
    if (box.proposed) item.setAttribute("data-proposed", "");
    return item;
  }
}

const percent = (score) => `${Math.round(100 * (score ?? 0))} %`;
