// What becomes of a page by each edit: pure, the page that is given stays as it is.

import { accepted } from "./text.js";

/** Gives the page with other boxes; whatever changes them is no review, that is said at the end. */
export const withBoxes = (page, boxes) => ({ ...page, boxes, text_free: false, reviewed: false });

export const replaced = (page, index, box) => withBoxes(page, page.boxes.map((one, at) => (at === index ? box : one)));

/** Gives the page without a box, and the one to look at next: the following that is still proposed, or -1. */
export function without(page, index) {
  const frame = page.boxes[index].frame;
  const boxes = page.boxes.filter((_, at) => at !== index);
  return [withBoxes(page, boxes), boxes.findIndex((box, at) => at >= index && box.frame === frame && box.proposed)];
}

/** Gives the page with more boxes in a frame, which is listed by that. */
export const withMore = (page, frame, boxes) => firstListed(listing(withBoxes(page, [...page.boxes, ...boxes]), frame));

/** Gives the page with what the networks found in a frame, but for what is known there. */
export function withFound(page, frame, found) {
  const known = (box) => page.boxes.some((one) => one.frame === frame && overlap(one, box) > 0.5);
  return withMore(page, frame, found.filter((box) => !known(box)));
}

export const listed = (page, frame) => firstListed({ ...listing(page, frame), text_free: false, reviewed: false });

export function unlisted(page, frame) {
  const rest = page.boxes.filter((box) => box.frame !== frame);
  return firstListed({ ...withBoxes(page, rest), listed: page.listed.filter((one) => one !== frame) });
}

/** Marks a page as without text, or takes that back. */
export function textFree(page) {
  if (page.text_free) return { ...page, text_free: false, reviewed: false };
  return { ...page, boxes: [], text_free: true, reviewed: true };
}

/** Gives the page as it is when somebody has looked at all of it. */
export function finished(page) {
  const listed = page.listed.length || page.text_free ? page.listed : [page.frame];
  const done = { ...page, boxes: page.boxes.map(accepted), listed, reviewed: true };
  if (page.size.frames === 1 && !done.boxes.length) done.text_free = true;
  return done;
}

/** Gives a box with other sides, within the frame. */
export function stretched(box, dx, dy, { rows, columns }) {
  const limit = (length, most) => Math.max(1, Math.min(most, length));
  return { ...box, w: limit(box.w + dx, columns - box.x), h: limit(box.h + dy, rows - box.y) };
}

const listing = (page, frame) => ({ ...page, listed: page.listed.includes(frame) ? page.listed : [...page.listed, frame] });
const firstListed = (page) => ({ ...page, frame: page.listed[0] ?? page.frame });

/** Gives the share of the smaller of two boxes that both cover. */
function overlap(a, b) {
  const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return wide > 0 && high > 0 ? (wide * high) / Math.min(a.w * a.h, b.w * b.h) : 0;
}
