// The page's address: it says what the stage shows, under the lab's name, so that a link opens in the same state.

const KEPT = "glassbox.at:"; // before a page's path: what its address said last, for this tab
let here = { path: "", part: null, href: "" };
let popped = false; // whether the browser's Back or Forward led here
let crossed = false; // whether from another page
let back = ""; // what the address says there
let stages = 0; // on the page

// When a visitor goes to another page, Streamlit leaves an address behind that is bare, or has what
// the next page says: on the way back it says again what it said.
addEventListener("popstate", () => {
  popped = true;
  crossed = !stages || here.path !== location.pathname;
  back = location.search;
  const said = sessionStorage.getItem(KEPT + location.pathname);
  if (!said || (back && !crossed)) return;
  const then = new URLSearchParams(said);
  const older = [...new URLSearchParams(back)].some(([key, value]) => then.has(key) && then.get(key) !== value);
  if (!older) say((back = said));
}, true);

/** Make the address of this page say that. */
function say(search) {
  history.replaceState(history.state, "", location.pathname + search);
}

// Whoever leaves clicks or presses a key: Streamlit's widgets have said their part by then.
for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, () => {
    if (stages && here.path === location.pathname) keep();
  }, true);

/** Keep what the address says. */
function keep() {
  sessionStorage.setItem(KEPT + location.pathname, location.search);
}

export class Address {
  constructor() {
    stages += 1;
    this.lab = "";
    this.path = ""; // of the page that shows it
    this.due = {}; // what the address must say once the hand has let go: a change costs a browser a frame
    this.settled = 0; // when it was last made to say it, in ms
  }

  /** Note that this lab is shown; another part of the page than before is an entry of the history. */
  opens(lab) {
    if (crossed && back !== location.search) say(back); // Streamlit took it away with the other page's
    const { pathname, href, search } = location;
    Object.assign(this, { lab, path: pathname });
    const part = new URLSearchParams(search).get(`${lab.split(".")[0]}.part`);
    if (here.path === pathname && here.part !== part && !popped) {
      history.replaceState(history.state, "", here.href);
      history.pushState(history.state, "", href);
    }
    // Streamlit comes back to a page without its address, and reads it at a second event.
    if (crossed && search) setTimeout(() => dispatchEvent(new PopStateEvent("popstate", { state: history.state })));
    popped = crossed = false;
    here.part = part;
    this.note();
  }

  /** Its stage is gone. */
  closes() {
    stages -= 1;
  }

  /** Remember where the visitor is. */
  note() {
    Object.assign(here, { path: location.pathname, href: location.href });
    keep();
  }

  /** Say this; "" needs no words.  Nothing is said of a page that the visitor has left. */
  write(name, value) {
    if (location.pathname !== this.path) return;
    const url = new URL(location.href);
    const key = `${this.lab}.${name}`;
    if (value === "") url.searchParams.delete(key);
    else url.searchParams.set(key, value);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
    this.note();
  }

  /** Keep these when there is time: {name: value}. */
  later(settings) {
    Object.assign(this.due, settings);
  }

  /** Write what is due; while a training plays once a second, since a browser refuses more than about three. */
  settle(playing = false) {
    if (playing && performance.now() - this.settled < 1000) return;
    this.settled = performance.now();
    for (const [name, value] of Object.entries(this.due)) this.write(name, value);
    this.due = {};
  }
}
