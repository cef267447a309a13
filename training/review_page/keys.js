// Keys: which belong to a field or a button, and which say something about the image.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ONCE = ["Enter", "n", "a", "x", "Delete", "Backspace"]; // a key that is held says it once

/** Calls the action of a key, or `nudge(dx, dy, stretch)` for an arrow, unless the key belongs to what has the focus. */
export function listen(actions, nudge) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") || event.isComposing) return;
    const typing = event.target.matches("input[type=text], select");
    if (typing && leaves(event)) return leave(event);
    const undoing = (event.ctrlKey || event.metaKey) && event.key === "z" && !typing;
    if (!undoing && (typing || event.ctrlKey || event.metaKey || event.altKey)) return;
    if (ownKeys(event.target).includes(event.key)) return;
    const action = undoing ? actions.u : (actions[event.key] ?? actions[event.key.toLowerCase()]);
    const arrow = ARROWS[event.key];
    if (!action && !arrow) return;
    event.preventDefault();
    if (event.repeat && ONCE.includes(event.key)) return;
    if (arrow) nudge(...arrow, event.shiftKey);
    else action();
  });
}

const leaves = (event) => event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"));

function leave(event) {
  event.preventDefault();
  event.target.blur();
  document.getElementById("stage").focus();
}

/** Gives the keys that an element takes itself: a button is pressed by Enter and Space, a slider is moved by arrows. */
function ownKeys(element) {
  if (element.matches("button, summary")) return ["Enter", " "];
  return element.matches("input") ? [...Object.keys(ARROWS), " "] : [];
}
