// The keys of a lecture: a clicker's and a swipe go from stop to stop; a second window follows.

const AT = "glassbox.lecture.at"; // where the lecture is, for a window with the notes
const GO = "glassbox.lecture.go"; // what was pressed in that window
const SWIPE = 80; // pixels
const PATIENCE = 8000; // ms for the card of a stop to appear

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // then nothing is kept
  }
}

/** Follow the link of the bar that leads there. */
const go = (way) => document.querySelector(`.st-key-lecture-${way} a`)?.click();

/** The card of that name on any stage of the page. */
function find(card) {
  const hosts = document.querySelectorAll(".stBidiComponent, .stBidiComponent *");
  const roots = [document, ...[...hosts].map((host) => host.shadowRoot).filter(Boolean)];
  return roots.map((root) => root.querySelector(`[data-card="${CSS.escape(card)}"]`)).find(Boolean);
}

/** Bring the card that a stop is about into sight, once it is there. */
function show(card, until = performance.now() + PATIENCE) {
  const found = find(card);
  if (found) found.scrollIntoView({ block: "center" });
  else if (performance.now() < until) setTimeout(show, 100, card, until);
}

/** In a window with the notes: say where the lecture is, and send its keys to the other window. */
function follow({ setTriggerValue }) {
  const tell = () => setTriggerValue("at", localStorage.getItem(AT) ?? "");
  const moved = (event) => event.key === AT && tell();
  const pressed = (event) => {
    const way = { PageDown: "next", PageUp: "back", ArrowRight: "next", ArrowLeft: "back" }[event.key];
    if (way) keep(GO, `${way} ${Date.now()}`);
  };
  window.addEventListener("storage", moved);
  window.addEventListener("keydown", pressed);
  tell();
  return () => {
    window.removeEventListener("storage", moved);
    window.removeEventListener("keydown", pressed);
  };
}

export default function (component) {
  const { data, parentElement } = component;
  if (data.notes) {
    parentElement.following ??= follow(component); // once: it says by itself what is new
    return;
  }
  const place = `${data.lecture} ${data.at}`;
  if (parentElement.place !== place) {
    parentElement.place = place;
    keep(AT, place);
    if (data.card) show(data.card);
  }
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, [contenteditable]")) return;
    const way = { PageDown: "next", PageUp: "back" }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation(); // else the stage steps, too
    go(way);
  };
  const bar = document.querySelector(".st-key-lecture-bar");
  let from = null;
  const touched = (event) => (from = event.touches[0].clientX);
  const lifted = (event) => {
    const way = event.changedTouches[0].clientX - from;
    if (Math.abs(way) > SWIPE) go(way < 0 ? "next" : "back");
  };
  const asked = (event) => event.key === GO && go(event.newValue.split(" ")[0]);
  window.addEventListener("keydown", pressed, true);
  window.addEventListener("storage", asked);
  bar?.addEventListener("touchstart", touched, { passive: true });
  bar?.addEventListener("touchend", lifted);
  return () => {
    window.removeEventListener("keydown", pressed, true);
    window.removeEventListener("storage", asked);
    bar?.removeEventListener("touchstart", touched);
    bar?.removeEventListener("touchend", lifted);
  };
}
