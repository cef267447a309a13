// What a line says and what of it identifies someone: changes of boxes as values.

/** Gives a box that a person has had a hand in. */
export function accepted(box) {
  const { proposed, score, ...rest } = box;
  return rest;
}

/** Gives which part of a box's text identifies: "all", "part", "none" or "unknown". */
export function extent({ text, kind, phi }, identifying) {
  if (phi === null) return kind === null ? "unknown" : identifying.includes(kind) ? "all" : "none";
  if (!phi.length) return "none";
  return phi.length === 1 && phi[0][0] === 0 && phi[0][1] === text.length ? "all" : "part";
}

export function withText(box, text) {
  const known = text.trim() ? text : null;
  if (known === null) return { ...box, text: null, phi: box.phi?.length === 0 ? [] : null };
  let { phi } = box;
  if (phi?.length) {
    const whole = phi.length === 1 && phi[0][0] === 0 && phi[0][1] === (box.text ?? "").length;
    phi = whole
      ? [[0, known.length, ...phi[0].slice(2)]]
      : phi.filter(([start]) => start < known.length).map(([start, end, ...kind]) => [start, Math.min(end, known.length), ...kind]);
  }
  return { ...box, text: known, phi };
}

/** Sets the category; what of the text identifies follows from it. */
export function withKind(box, kind, identifying) {
  if (kind === null) return { ...box, kind, phi: null };
  return withExtent({ ...box, kind }, identifying.includes(kind) ? "all" : "none", identifying);
}

/** Sets what of the text identifies; `part` is [start, end). Without text only a category can say that it does. */
export function withExtent(box, extent, identifying, part = null) {
  const { text, kind } = box;
  const own = identifying.includes(kind) ? kind : null;
  if (extent === "unknown") return { ...box, kind: null, phi: null };
  if (extent === "none") return { ...box, kind: text === null && own ? null : kind, phi: [] };
  if (text === null) return { ...box, kind: own, phi: null };
  return { ...box, kind: own, phi: [extent === "part" && part ? part : [0, text.length]] };
}
