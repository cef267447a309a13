// The boxes over the image: shown, drawn, moved and stretched.

const SVG = "http://www.w3.org/2000/svg";
const HANDLES = ["nw", "n", "ne", "w", "e", "sw", "s", "se"];
const HANDLE = 8; // pixels of the screen
const SMALL = 14; // pixels of the screen
const SMALLEST = 2; // pixels of the image: less is a click

const element = (name, attributes, parent) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
};

/** Whether a box identifies someone: "identifying", "harmless" or "unknown". */
export function meaning(box, identifying) {
  if (box.phi) return box.phi.length ? "identifying" : "harmless";
  if (box.kind === null) return "unknown";
  return identifying.includes(box.kind) ? "identifying" : "harmless";
}

/** Draws the boxes of a page's frame and turns drags into changes. */
export class Boxes {
  #group;
  #ghost = null; // the box that is being drawn, moved or stretched

  /** @param told what to call: select(index), draw(box), place(index, box), window(dx, dy), turn(steps) */
  constructor(svg, stage, told) {
    this.svg = svg;
    this.stage = stage;
    this.told = told;
    this.#group = element("g", {}, svg);
    this.view = { boxes: [], selected: -1, frame: 0, rows: 0, columns: 0, identifying: [], frames: 1, ready: false };
    stage.element.addEventListener("pointerdown", (event) => this.#down(event));
    stage.element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    stage.element.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  show(view) {
    this.view = view;
    this.draw();
  }

  draw() {
    const { scale, x, y } = this.stage;
    this.#group.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    this.#group.replaceChildren();
    const { boxes, selected, frame, identifying } = this.view;
    boxes.forEach((box, index) => {
      if (box.frame !== frame || index === selected) return;
      this.#box(box, index, identifying);
    });
    const chosen = boxes[selected];
    if (chosen?.frame === frame && !this.#ghost) this.#handles(this.#box(chosen, selected, identifying), chosen);
    if (this.#ghost) this.#rect(this.#ghost, { class: "new" }, this.#group);
  }

  #box(box, index, identifying) {
    const group = element("g", { "data-index": index, "data-meaning": meaning(box, identifying) }, this.#group);
    if (box.proposed) group.setAttribute("data-proposed", "");
    if (Math.min(box.w, box.h) * this.stage.scale < SMALL) group.setAttribute("data-small", "");
    if (index === this.view.selected) group.setAttribute("data-selected", "");
    this.#rect(box, { class: "box" }, group);
    element("title", {}, group).textContent = [box.text, box.kind ?? "unknown category"].filter(Boolean).join(" · ");
    return group;
  }

  #rect({ x, y, w, h }, attributes, parent) {
    return element("rect", { x, y, width: w, height: h, ...attributes }, parent);
  }

  #handles(group, box) {
    const side = HANDLE / this.stage.scale;
    const [narrow, low] = [box.w, box.h].map((length) => length < 4 * side);
    for (const name of HANDLES) {
      // Small boxes have their handles outside, and those of the short sides not at all: the text stays in sight.
      if ((narrow && /^[ns]$/.test(name)) || (low && /^[we]$/.test(name))) continue;
      const out = narrow || low ? side / 2 : 0;
      const x = box.x + (name.includes("w") ? -out : name.includes("e") ? box.w + out : box.w / 2) - side / 2;
      const y = box.y + (name.includes("n") ? -out : name.includes("s") ? box.h + out : box.h / 2) - side / 2;
      this.#rect({ x, y, w: side, h: side }, { class: `handle ${name}-resize`, "data-handle": name }, group);
    }
  }

  #wheel(event) {
    event.preventDefault();
    const steps = -Math.sign(event.deltaY);
    if (this.view.frames > 1 && !event.ctrlKey) this.told.turn(-steps);
    else this.stage.zoom(steps, ...this.#onStage(event));
  }

  #onStage(event) {
    const { left, top } = this.stage.element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  #down(event) {
    if (!this.view.ready) return;
    this.stage.element.focus({ preventScroll: true });
    event.preventDefault();
    if (event.button === 1 || this.stage.element.classList.contains("panning"))
      this.#drag(event, (dx, dy) => this.stage.pan(dx, dy));
    else if (event.button === 2) this.#drag(event, (dx, dy) => this.told.window(dx, dy));
    else if (event.button === 0) this.#touch(event);
  }

  #touch(event) {
    const handle = event.target.dataset.handle;
    const index = Number(event.target.closest("[data-index]")?.dataset.index ?? -1);
    const start = this.stage.place(event);
    if (index < 0 || event.shiftKey) return this.#shape(event, (place) => this.#between(start, place), this.#drawn);
    const box = this.view.boxes[index];
    if (index !== this.view.selected) this.told.select(index);
    const change = handle ? (place) => this.#stretched(box, handle, place) : (place) => this.#moved(box, start, place);
    this.#shape(event, change, (ghost, far) => far && this.told.place(index, ghost));
  }

  #drawn = (ghost, far) => {
    if (far && ghost.w >= SMALLEST && ghost.h >= SMALLEST) this.told.draw(ghost);
    else this.told.select(-1);
  };

  /** Follows the pointer with a ghost of a box until it is let go. */
  #shape(event, change, done) {
    let far = 0;
    this.#drag(
      event,
      (dx, dy, now) => {
        far += Math.abs(dx) + Math.abs(dy);
        if (far > 3) this.#ghost = change(this.stage.place(now));
        this.draw();
      },
      () => {
        const ghost = this.#ghost;
        this.#ghost = null;
        this.draw();
        done(ghost, far > 3 && ghost !== null);
      },
      () => {
        this.#ghost = null;
        this.draw();
      },
    );
  }

  #drag(event, move, up = () => {}, cancel = () => {}) {
    const { element: target } = this.stage;
    const over = new AbortController();
    const mine = (other) => other.pointerId === event.pointerId;
    let [x, y] = [event.clientX, event.clientY];
    target.setPointerCapture(event.pointerId);
    const follow = (now) => {
      if (!mine(now)) return;
      move(now.clientX - x, now.clientY - y, now);
      [x, y] = [now.clientX, now.clientY];
    };
    const end = (action) => (now) => {
      if (!mine(now)) return;
      over.abort();
      action();
    };
    target.addEventListener("pointermove", follow, { signal: over.signal });
    target.addEventListener("pointerup", end(up), { signal: over.signal });
    target.addEventListener("pointercancel", end(cancel), { signal: over.signal });
  }

  #between(a, b) {
    const { rows, columns } = this.view;
    const limit = (value, most) => Math.max(0, Math.min(most, value));
    const x0 = Math.floor(limit(Math.min(a.x, b.x), columns));
    const y0 = Math.floor(limit(Math.min(a.y, b.y), rows));
    const x1 = Math.ceil(limit(Math.max(a.x, b.x), columns));
    const y1 = Math.ceil(limit(Math.max(a.y, b.y), rows));
    return { x: x0, y: y0, w: x1 - x0, h: y1 - y0 };
  }

  #moved(box, start, place) {
    return placed(box, Math.round(place.x - start.x), Math.round(place.y - start.y), this.view);
  }

  #stretched(box, handle, place) {
    const opposite = { x: handle.includes("w") ? box.x + box.w : box.x, y: handle.includes("n") ? box.y + box.h : box.y };
    const at = { x: Math.round(place.x), y: Math.round(place.y) };
    if (!/[we]/.test(handle)) Object.assign(at, { x: box.x + box.w }) && (opposite.x = box.x);
    if (!/[ns]/.test(handle)) Object.assign(at, { y: box.y + box.h }) && (opposite.y = box.y);
    const made = this.#between(opposite, at);
    return made.w && made.h ? made : { x: box.x, y: box.y, w: box.w, h: box.h };
  }
}

/** Gives a box moved by some pixels, within the image. */
export function placed({ x, y, w, h }, dx, dy, { rows, columns }) {
  return { x: Math.max(0, Math.min(columns - w, x + dx)), y: Math.max(0, Math.min(rows - h, y + dy)), w, h };
}
