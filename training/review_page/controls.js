// Which key, button or slider does what.

import { listen } from "./keys.js";

const $ = (id) => document.getElementById(id);

/**
 * Ties the page's keys and controls to actions.
 * @param act next, back, skip, step(by), expose(brightness, contrast), fit, zoom(steps), turn(steps), turnTo(frame),
 *   select(index), focusOn(id), leave: true where something is not saved yet
 * @param changes the `Changes` of the page that is shown
 */
export function wire(act, changes) {
  const keys = keysOf(act, changes);
  listen(keys, (dx, dy, stretch) => changes.nudge(dx, dy, stretch));
  document.addEventListener("keyup", (event) => {
    if (event.key === " ") $("stage").classList.remove("panning");
    if (event.key.toLowerCase() === "h") $("stage").classList.remove("bare");
  });
  window.addEventListener("blur", () => $("stage").classList.remove("panning", "bare"));
  window.addEventListener("beforeunload", (event) => {
    if (act.leave()) event.preventDefault();
  });
  const clicks = { next: act.next, undo: keys.u, propose: keys.p, "no-text": keys.n, fit: act.fit };
  Object.assign(clicks, { "window-button": keys.w, "help-button": keys["?"], "zoom-in": keys["+"], "zoom-out": keys["-"] });
  for (const [id, action] of Object.entries(clicks)) $(id).addEventListener("click", () => action());
  $("frame").addEventListener("input", (event) => act.turnTo(Number(event.target.value)));
  $("listed").addEventListener("change", (event) => changes.listFrame(event.target.checked));
  for (const id of ["brightness", "contrast"])
    $(id).addEventListener("input", () => act.expose(Number($("brightness").value), Number($("contrast").value)));
  // After a click the keys go to the image again.
  for (const id of ["next", "undo", "no-text", "accept", "reject", "propose", "window-button"])
    $(id).addEventListener("click", () => $("stage").focus());
}

const keysOf = (act, changes) => ({
  Enter: act.next,
  a: () => changes.accept(),
  x: () => changes.reject(),
  Delete: () => changes.reject(),
  Backspace: () => changes.reject(),
  j: () => act.step(1),
  k: () => act.step(-1),
  n: () => changes.noText(),
  u: () => changes.undo(),
  b: act.back,
  s: act.skip,
  p: () => changes.propose(),
  w: () => act.expose(0, 0),
  f: act.fit,
  "+": () => act.zoom(1),
  "=": () => act.zoom(1),
  "-": () => act.zoom(-1),
  ",": () => act.turn(-1),
  ".": () => act.turn(1),
  PageUp: () => act.turn(-1),
  PageDown: () => act.turn(1),
  t: () => act.focusOn("text"),
  c: () => act.focusOn("kind"),
  h: () => $("stage").classList.add("bare"),
  " ": () => $("stage").classList.add("panning"),
  "?": () => $("help").showModal(),
  Escape: () => act.select(-1),
});
