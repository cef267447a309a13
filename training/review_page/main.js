// The page: what is shown, what a key or a drag does to it, and that it is saved.

import { Saver, loadFrame, loadImages, loadPage, proposeFrame } from "./api.js";
import { Boxes, placed } from "./boxes.js";
import { Images } from "./images.js";
import { listen } from "./keys.js";
import { Panel } from "./panel.js";
import { Stage } from "./stage.js";
import { accepted } from "./text.js";

const $ = (id) => document.getElementById(id);
const POLL = 2500; // milliseconds between looks at how far the networks are
const DEEPEST = 200; // changes that can be undone

const state = { number: null, page: null, frame: 0, selected: -1, loading: 0, identifying: [] };
const visited = []; // numbers of the images before this one
const skipped = new Set();
const undoable = new Map(); // number -> earlier pages

const stage = new Stage($("stage"), $("canvas"));
const boxes = new Boxes($("boxes"), stage, {
  select: (index) => select(index),
  draw: (box) => draw(box),
  place: (index, box) => place(index, box),
  window: (dx, dy) => expose(stage.brightness - dy / 2, stage.contrast + dx / 2),
  turn: (steps) => turnTo(state.frame + steps),
});
stage.moved = () => {
  boxes.draw();
  showZoom();
};
const panel = new Panel({
  change: (box) => change(replaced(state.selected, box)),
  select: (index) => select(index),
  accept: () => accept(),
  reject: () => reject(),
  notice: (words) => notice(words),
});
const images = new Images((number) => {
  $("stage").focus(); // or else Enter would press the image's button again instead of going on
  open(number);
});
const saver = new Saver({
  state: (word, message) => {
    $("saved").dataset.state = word;
    $("saved").textContent = message;
  },
  saved: (number, page) => images.mark(number, page),
  joined: (number, page) => {
    notice(`${page.name} was changed in another window too: both changes are kept, look at it again.`);
    skipped.delete(number);
    images.mark(number, page);
    undoable.delete(number);
    if (number === state.number) show(page);
  },
  refused: async (number, why) => {
    notice(`Not saved: ${why}`);
    undoable.delete(number);
    if (number === state.number) await open(number, true);
  },
});

function notice(words) {
  $("notice").textContent = words;
  $("notice").hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => ($("notice").hidden = true), 7000);
}

function message(words) {
  $("message").textContent = words;
  $("message").hidden = !words;
}

// What is shown

async function open(number, again = false) {
  if (number === state.number && !again) return;
  panel.flush();
  if (state.number !== null && !again) visited.push(state.number);
  Object.assign(state, { number, page: null, selected: -1 });
  const turn = ++state.loading;
  stage.show(null, true);
  stage.brightness = stage.contrast = 0;
  message("Loading …");
  render();
  // What is still on its way to the server is newer than what is there.
  const unsaved = saver.waiting(number);
  if (!unsaved) preview(number, turn);
  try {
    const page = unsaved ?? (await loadPage(number));
    if (turn !== state.loading) return;
    if (!unsaved) saver.know(number, page);
    Object.assign(state, { page, frame: page.frame });
    await showFrame(!stage.shows(page.frame));
    select(page.boxes.findIndex((box) => box.proposed && box.frame === state.frame), false);
  } catch (failure) {
    if (turn !== state.loading) return;
    stage.show(null, true);
    message(failure.message);
  }
}

/** Shows an image while the networks still look at it. */
async function preview(number, turn) {
  try {
    const loaded = await loadFrame(number, "middle");
    if (turn !== state.loading || state.page) return;
    stage.show(loaded, true);
    message("");
    $("size").textContent = `${loaded.columns} × ${loaded.rows}`;
    $("line-count").textContent = "– the networks are looking for them …";
  } catch {
    // The page itself says why.
  }
}

async function showFrame(another = false) {
  const { number, frame } = state;
  const turn = ++state.loading;
  try {
    const loaded = await loadFrame(number, frame);
    if (turn !== state.loading) return; // another one was asked for meanwhile
    message("");
    stage.show(loaded, another);
  } catch (failure) {
    if (turn !== state.loading) return;
    stage.show(null, true);
    message(failure.message);
  }
  render();
}

function show(page) {
  state.page = page;
  if (state.selected >= page.boxes.length) state.selected = -1;
  render();
}

function render() {
  const { page, frame, selected, number } = state;
  const view = {
    boxes: page?.boxes ?? [],
    selected,
    frame,
    rows: page?.size.rows ?? 1,
    columns: page?.size.columns ?? 1,
    frames: page?.size.frames ?? 1,
    identifying: state.identifying,
    ready: page !== null,
  };
  boxes.show(view);
  panel.show(view);
  const name = page?.name ?? images.images[number]?.name ?? "";
  $("name").textContent = name.split("/").at(-1);
  $("name").title = name;
  $("size").textContent = page ? `${page.size.columns} × ${page.size.rows}` : "";
  $("frame-bar").hidden = view.frames < 2;
  $("frame").max = view.frames - 1;
  $("frame").value = frame;
  $("frame-number").textContent = `${frame + 1} of ${view.frames}`;
  $("listed").checked = Boolean(page?.listed.includes(frame));
  $("no-text").setAttribute("aria-pressed", String(Boolean(page?.text_free)));
  $("undo").disabled = !undoable.get(number)?.length;
  for (const id of ["next", "no-text"]) $(id).disabled = !page;
  showZoom();
  images.update(images.images, number);
}

function expose(brightness, contrast) {
  stage.window(brightness, contrast);
  $("brightness").value = stage.brightness;
  $("contrast").value = stage.contrast;
}

/** Zooms around the selected box, or else the middle. */
function zoom(steps) {
  const box = state.page?.boxes[state.selected];
  if (box?.frame === state.frame) stage.zoom(steps, stage.x + (box.x + box.w / 2) * stage.scale, stage.y + (box.y + box.h / 2) * stage.scale);
  else stage.zoom(steps);
}

function showZoom() {
  $("zoom").textContent = state.page ? `${Math.round(100 * stage.scale)} %` : "";
}

async function turnTo(frame) {
  if (!state.page) return;
  panel.flush();
  const target = Math.max(0, Math.min(state.page.size.frames - 1, frame));
  if (target === state.frame) return;
  Object.assign(state, { frame: target, selected: -1 });
  render();
  await showFrame();
}

function select(index, take = true) {
  if (take) panel.flush();
  state.selected = index;
  const box = state.page?.boxes[index];
  if (box) stage.reveal(box);
  render();
}

function step(by) {
  const here = state.page?.boxes.map((box, index) => [box, index]).filter(([box]) => box.frame === state.frame) ?? [];
  if (!here.length) return;
  const at = here.findIndex(([, index]) => index === state.selected);
  select(here[(at + by + here.length + (at < 0 && by < 0 ? 1 : 0)) % here.length][1]);
}

// What is changed

/** Takes up a changed page, saves it, and remembers the one before. */
function change(page, remember = true) {
  const { number } = state;
  if (remember) {
    const before = undoable.get(number) ?? [];
    undoable.set(number, [...before, state.page].slice(-DEEPEST));
  }
  saver.save(number, page);
  show(page);
}

/** Gives the page with other boxes; whatever changes them is no review, that is said at the end. */
const withBoxes = (made) => ({ ...state.page, boxes: made, text_free: false, reviewed: false });
const replaced = (index, box) => withBoxes(state.page.boxes.map((one, at) => (at === index ? box : one)));
const listing = (page, frame) => ({ ...page, listed: page.listed.includes(frame) ? page.listed : [...page.listed, frame] });
const firstListed = (page) => ({ ...page, frame: page.listed[0] ?? page.frame });

function draw({ x, y, w, h }) {
  const box = { frame: state.frame, x, y, w, h, text: null, kind: null, phi: null };
  const page = firstListed(listing(withBoxes([...state.page.boxes, box]), state.frame));
  state.selected = page.boxes.length - 1;
  change(page);
  $("text").value = "";
}

function place(index, { x, y, w, h }) {
  change(replaced(index, accepted({ ...state.page.boxes[index], x, y, w, h })));
}

function accept() {
  panel.flush();
  const box = state.page?.boxes[state.selected];
  if (!box) return;
  if (box.proposed) change(replaced(state.selected, accepted(box)));
  const following = [...state.page.boxes.keys()].map((at) => (at + state.selected + 1) % state.page.boxes.length);
  const open = following.find((at) => state.page.boxes[at].proposed && state.page.boxes[at].frame === state.frame);
  if (open !== undefined) select(open);
}

function reject() {
  if (!state.page?.boxes[state.selected]) return;
  const at = state.selected;
  const rest = state.page.boxes.filter((_, index) => index !== at);
  state.selected = -1;
  $("text").value = "";
  change(withBoxes(rest));
  const open = rest.findIndex((box, index) => index >= at && box.frame === state.frame && box.proposed);
  if (open >= 0) select(open, false);
}

function noText() {
  if (!state.page) return;
  state.selected = -1;
  if (state.page.text_free) change({ ...state.page, text_free: false, reviewed: false });
  else change({ ...state.page, boxes: [], text_free: true, reviewed: true });
}

function undo() {
  const before = undoable.get(state.number);
  if (!before?.length) return;
  undoable.set(state.number, before.slice(0, -1));
  state.selected = -1;
  change(before.at(-1), false);
}

function nudge(dx, dy, stretch) {
  const box = state.page?.boxes[state.selected];
  if (!box) return;
  const { rows, columns } = state.page.size;
  if (!stretch) return place(state.selected, placed(box, dx, dy, { rows, columns }));
  const limit = (length, most) => Math.max(1, Math.min(most, length));
  place(state.selected, { ...box, w: limit(box.w + dx, columns - box.x), h: limit(box.h + dy, rows - box.y) });
}

function listFrame(whether) {
  const { page, frame } = state;
  if (whether) return change(firstListed({ ...listing(page, frame), text_free: false, reviewed: false }));
  const listed = page.listed.filter((one) => one !== frame);
  const rest = page.boxes.filter((box) => box.frame !== frame);
  state.selected = -1;
  change(firstListed({ ...withBoxes(rest), listed }));
}

async function propose() {
  const { number, frame, page } = state;
  if (!page) return;
  $("propose").disabled = true;
  try {
    const found = await proposeFrame(number, frame);
    if (state.number !== number || state.frame !== frame) return;
    const known = (box) => state.page.boxes.some((one) => one.frame === frame && overlap(one, box) > 0.5);
    change(firstListed(listing(withBoxes([...state.page.boxes, ...found.filter((box) => !known(box))]), frame)));
  } catch (failure) {
    notice(failure.message);
  } finally {
    $("propose").disabled = false;
  }
}

/** Gives the share of the smaller of two boxes that both cover. */
function overlap(a, b) {
  const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return wide > 0 && high > 0 ? (wide * high) / Math.min(a.w * a.h, b.w * b.h) : 0;
}

async function next() {
  panel.flush();
  const { page, number } = state;
  if (!page) return;
  const listed = page.listed.length || page.text_free ? page.listed : [page.frame];
  const done = { ...page, boxes: page.boxes.map(accepted), listed, reviewed: true };
  if (page.size.frames === 1 && !done.boxes.length) done.text_free = true;
  change(done);
  images.mark(number, done);
  await goOn();
}

async function skip() {
  skipped.add(state.number);
  await goOn();
}

async function goOn() {
  let number = images.next(new Set([state.number, ...skipped]));
  if (number === null && skipped.size) {
    skipped.clear();
    number = images.next(new Set([state.number]));
  }
  if (number === null) notice("Every image is reviewed.");
  else await open(number);
}

async function back() {
  const number = visited.pop();
  if (number === undefined) return;
  await open(number);
  visited.pop();
}

// Keys

const KEYS = {
  Enter: next,
  a: accept,
  x: reject,
  Delete: reject,
  Backspace: reject,
  j: () => step(1),
  k: () => step(-1),
  n: noText,
  u: undo,
  b: back,
  s: skip,
  p: propose,
  w: () => expose(0, 0),
  f: () => stage.fit(),
  "+": () => zoom(1),
  "=": () => zoom(1),
  "-": () => zoom(-1),
  ",": () => turnTo(state.frame - 1),
  ".": () => turnTo(state.frame + 1),
  PageUp: () => turnTo(state.frame - 1),
  PageDown: () => turnTo(state.frame + 1),
  t: () => focusOn("text"),
  c: () => focusOn("kind"),
  h: () => $("stage").classList.add("bare"),
  " ": () => $("stage").classList.add("panning"),
  "?": () => $("help").showModal(),
  Escape: () => select(-1),
};

function focusOn(id) {
  if (state.selected < 0) return;
  $(id).focus();
  if (id === "text") $(id).select();
}

function wire() {
  listen(KEYS, nudge);
  document.addEventListener("keyup", (event) => {
    if (event.key === " ") $("stage").classList.remove("panning");
    if (event.key.toLowerCase() === "h") $("stage").classList.remove("bare");
  });
  window.addEventListener("blur", () => $("stage").classList.remove("panning", "bare"));
  window.addEventListener("beforeunload", (event) => {
    panel.flush();
    if (saver.busy) event.preventDefault();
  });
  const clicks = { next, undo, propose, "no-text": noText, "window-button": KEYS.w, "help-button": KEYS["?"] };
  Object.assign(clicks, { fit: KEYS.f, "zoom-in": KEYS["+"], "zoom-out": KEYS["-"] });
  for (const [id, action] of Object.entries(clicks)) $(id).addEventListener("click", () => action());
  $("frame").addEventListener("input", (event) => turnTo(Number(event.target.value)));
  $("listed").addEventListener("change", (event) => listFrame(event.target.checked));
  for (const id of ["brightness", "contrast"])
    $(id).addEventListener("input", () => expose(Number($("brightness").value), Number($("contrast").value)));
  // After a click the keys go to the image again.
  for (const id of ["next", "undo", "no-text", "accept", "reject", "propose", "window-button"])
    $(id).addEventListener("click", () => $("stage").focus());
}

async function poll() {
  try {
    const { images: listed } = await loadImages();
    // What is being saved is known here better.
    if (!saver.busy) images.update(listed, state.number);
    if (listed.some((image) => image.state === "waiting")) setTimeout(poll, POLL);
  } catch (failure) {
    setTimeout(poll, POLL);
  }
}

async function start() {
  wire();
  try {
    const { images: listed, identifying, harmless } = await loadImages();
    state.identifying = identifying;
    panel.categories(identifying, harmless);
    images.update(listed, null);
  } catch (failure) {
    return message(failure.message);
  }
  const first = images.next(new Set());
  if (first === null) message("Nothing to review: see the list.");
  else await open(first);
  setTimeout(poll, POLL);
}

await start();
