// The page's address: it says what the stage shows, under the lab's name, so that a link opens in the same state.

const KEPT = "glassbox.at:"; // before a page's path: what its address said last, for this tab
let here = { path: "", part: null, href: "" };
let popped = false; // whether the browser's Back or Forward led here
let crossed = false; // whether from another page
let stages = 0; // on the page

// Streamlit leaves a bare address behind when a visitor goes to another page: on the way back it
// says again what it said.
addEventListener("popstate", () => {
  popped = true;
  crossed = !stages || here.path !== location.pathname;
  const said = sessionStorage.getItem(KEPT + location.pathname);
  if (!location.search && said) history.replaceState(history.state, "", location.pathname + said);
}, true);

export class Address {
  constructor() {
    stages += 1;
    this.lab = "";
    this.due = {}; // what the address must say once the hand has let go: a change costs a browser a frame
    this.settled = 0; // when it was last made to say it, in ms
  }

  /** Note that this lab is shown; another part of the page than before is an entry of the history. */
  opens(lab) {
    this.lab = lab;
    const { pathname, href, search } = location;
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
    const { pathname, href, search } = location;
    Object.assign(here, { path: pathname, href });
    sessionStorage.setItem(KEPT + pathname, search);
  }

  /** Say this; "" needs no words. */
  write(name, value) {
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
