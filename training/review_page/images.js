// The left side: which images there are, and how it stands with them.

const $ = (id) => document.getElementById(id);
const WORDS = { waiting: "not looked at yet", open: "", reviewed: "reviewed" };

/** Lists the images and says which is next. */
export class Images {
  images = [];
  #items = new Map(); // number -> its element
  #order = "";

  constructor(open) {
    this.open = open;
    $("sort").addEventListener("change", () => this.#render());
  }

  /** Takes up what the server says; `current` is the image on the stage. */
  update(images, current) {
    this.images = images;
    this.current = current;
    this.#render();
  }

  /** Notes that an image was saved, until the server says so itself. */
  mark(number, page) {
    const image = this.images[number];
    Object.assign(image, { state: page.reviewed ? "reviewed" : "open", lines: page.boxes.length });
    this.#render();
  }

  /** Gives the least sure image that is open, other than some; null if there is none. */
  next(without) {
    const sorted = this.#sorted("unsure").filter(({ number, state }) => !without.has(number) && state !== "reviewed" && state !== "refused");
    return sorted[0]?.number ?? null;
  }

  #sorted(order) {
    if (order === "name") return [...this.images];
    const rank = { open: 0, waiting: 1, reviewed: 2, refused: 3 };
    return [...this.images].sort((a, b) => rank[a.state] - rank[b.state] || (b.unsure ?? 0) - (a.unsure ?? 0) || a.number - b.number);
  }

  #render() {
    const sorted = this.#sorted($("sort").value);
    for (const image of sorted) this.#fill(image);
    const order = sorted.map(({ number }) => number).join();
    // Elements are only moved where the order changed: a click must not lose its button.
    if (order !== this.#order) $("image-list").replaceChildren(...sorted.map(({ number }) => this.#items.get(number)));
    this.#order = order;
    const able = this.images.filter(({ state }) => state !== "refused");
    const done = able.filter(({ state }) => state === "reviewed").length;
    const waiting = able.filter(({ state }) => state === "waiting").length;
    const [bar, words] = $("progress").children;
    bar.max = able.length || 1;
    bar.value = done;
    words.textContent = `${done} of ${able.length} reviewed${waiting ? ` · ${waiting} not looked at yet` : ""}`;
  }

  #fill(image) {
    const { number, name, state } = image;
    const item = this.#items.get(number) ?? this.#item(number, name);
    item.dataset.state = state;
    item.toggleAttribute("aria-current", number === this.current);
    const meter = item.querySelector("meter");
    meter.hidden = state !== "open";
    meter.value = image.unsure ?? 0;
    meter.title = `${Math.round(100 * (image.unsure ?? 0))} % unsure`;
    const lines = image.lines === undefined ? "" : image.lines === 1 ? "1 line" : `${image.lines || "no"} lines`;
    const frames = image.frames > 1 ? `${image.frames} frames` : "";
    const folder = name.split("/").slice(0, -1).join("/");
    const detail = [folder, ...(state === "refused" ? [image.reason] : [WORDS[state], lines, frames])].filter(Boolean).join(" · ");
    item.querySelector(".detail").textContent = detail;
    if (state === "refused") item.querySelector("button").title = image.reason;
  }

  #item(number, name) {
    const item = document.createElement("li");
    item.dataset.number = number;
    const button = document.createElement("button");
    button.type = "button";
    button.title = name;
    const part = (tag, kind, words = "") => {
      const element = document.createElement(tag);
      if (kind) element.className = kind;
      element.textContent = words;
      button.append(element);
      return element;
    };
    part("span", "dot");
    part("span", "title", name.split("/").at(-1));
    part("span", "detail");
    part("meter", "").max = 1;
    button.addEventListener("click", () => this.open(number));
    item.append(button);
    this.#items.set(number, item);
    return item;
  }
}
