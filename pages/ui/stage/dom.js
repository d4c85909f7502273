// The few helpers that every panel uses.  Text goes in by textContent only.

/** Make an element: el("p", {class: "dim"}, "text", child). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** Set a canvas to `width` x `height` CSS pixels at the screen's resolution; return its context. */
export function fit(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.imageSmoothingEnabled = false;
  return context;
}

/** Set text only when it is new: writing the same text costs a layout. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Whether two typed arrays hold the same numbers. */
export function alike(a, b) {
  if (a === b) return true;
  let i = a.length === b.length ? a.length : -1;
  while (i > 0 && a[i - 1] === b[i - 1]) i--;
  return i === 0;
}

/** v, or the nearest to it from low to high. */
export const clamp = (v, low, high) => Math.min(high, Math.max(low, v));

/** A pointer's place within an element, each coordinate in [0, 1). */
export function place(event, node) {
  const box = node.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((v) => clamp(v, 0, 0.999999));
}

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
