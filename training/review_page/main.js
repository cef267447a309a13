// The page: which image and frame are shown, and what its parts do with each other.

import { Saver, loadFrame, loadImages, loadPage } from "./api.js";
import { Boxes } from "./boxes.js";
import { Changes } from "./changes.js";
import { wire } from "./controls.js";
import * as edits from "./edits.js";
import { History } from "./history.js";
import { Images } from "./images.js";
import { label, message, notice, sayZoom } from "./labels.js";
import { Panel } from "./panel.js";
import { Stage } from "./stage.js";

const $ = (id) => document.getElementById(id);
const POLL = 2500; // milliseconds between looks at how far the networks are

const state = { number: null, page: null, frame: 0, selected: -1, loading: 0, identifying: [] };
const visited = []; // numbers of the images before this one
const skipped = new Set();
const history = new History();

const stage = new Stage($("stage"), $("canvas"));
const boxes = new Boxes($("boxes"), stage, {
  select: (index) => select(index),
  draw: (box) => changes.draw(box),
  place: (index, box) => changes.place(index, box),
  window: (dx, dy) => expose(stage.brightness - dy / 2, stage.contrast + dx / 2),
  turn: (steps) => turnTo(state.frame + steps),
});
stage.moved = () => {
  boxes.draw();
  sayZoom(state.page ? stage.scale : null);
};
const panel = new Panel({
  change: (box) => changes.replace(box),
  select: (index) => select(index),
  accept: () => changes.accept(),
  reject: () => changes.reject(),
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
    history.forget(number);
    if (number === state.number) show(page);
  },
  refused: async (number, why) => {
    notice(`Not saved: ${why}`);
    history.forget(number);
    if (number === state.number) await open(number, true);
  },
});

const changes = new Changes({ state, history, saver, show, select, flush: () => panel.flush() });

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
  label({ ...view, page, name, undoable: history.has(number) });
  sayZoom(state.page ? stage.scale : null);
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

// From image to image

async function next() {
  panel.flush();
  const { page, number } = state;
  if (!page) return;
  const done = edits.finished(page);
  changes.take(done);
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

function focusOn(id) {
  if (state.selected < 0) return;
  $(id).focus();
  if (id === "text") $(id).select();
}

function leave() {
  panel.flush();
  return saver.busy;
}

async function start() {
  const turn = (steps) => turnTo(state.frame + steps);
  const view = { step, select, turn, turnTo, expose, zoom, fit: () => stage.fit(), focusOn };
  wire({ ...view, next, back, skip, leave }, changes);
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
