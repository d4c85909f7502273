// The page's address: it says what the stage shows, under the lab's name, so that a link opens in the same state.

export class Address {
  constructor() {
    this.lab = "";
    this.due = {}; // what the address must say once the hand has let go: a change costs a browser a frame
    this.settled = 0; // when it was last made to say it, in ms
  }

  /** Say this; "" needs no words. */
  write(name, value) {
    const url = new URL(location.href);
    const key = `${this.lab}.${name}`;
    if (value === "") url.searchParams.delete(key);
    else url.searchParams.set(key, value);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
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
