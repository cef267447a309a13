// What stands around the image: its name and size, its frame, messages.

const $ = (id) => document.getElementById(id);

/** Says something for a while. */
export function notice(words) {
  $("notice").textContent = words;
  $("notice").hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => ($("notice").hidden = true), 7000);
}

/** Says something in the place of the image, until it says nothing. */
export function message(words) {
  $("message").textContent = words;
  $("message").hidden = !words;
}

/** Writes what the page is; it is null while it is loaded. */
export function label({ page, name, frame, frames, undoable }) {
  $("name").textContent = name.split("/").at(-1);
  $("name").title = name;
  $("size").textContent = page ? `${page.size.columns} × ${page.size.rows}` : "";
  $("frame-bar").hidden = frames < 2;
  $("frame").max = frames - 1;
  $("frame").value = frame;
  $("frame-number").textContent = `${frame + 1} of ${frames}`;
  $("listed").checked = Boolean(page?.listed.includes(frame));
  $("no-text").setAttribute("aria-pressed", String(Boolean(page?.text_free)));
  $("undo").disabled = !undoable;
  for (const id of ["next", "no-text"]) $(id).disabled = !page;
}

/** Writes the scale; null where there is no image. */
export function sayZoom(scale) {
  $("zoom").textContent = scale === null ? "" : `${Math.round(100 * scale)} %`;
}
