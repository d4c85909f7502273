// ranks: rows whose names change, the strongest first.  A second, paler bar may lie behind each
// row's own: what there was before something was taken away.  Click a row to choose it.
//
// The frame brings notes[name] = {rows: [[label, value, behind, text]], chosen, foot}; with `die`,
// a number in [0, 1), the rows' shares lie side by side above, and a needle stands at that number.

import { el, reducedMotion, write } from "../dom.js";

const SWEEP = 500; // ms that the needle rolls

export function create(panel, stage) {
  const { count = 12, width = 230, click = false, limit = 1, label = 5, told: wide = 0, above = false } = panel.options;
  const foot = el("div", { class: "legend" }, el("span", {}));
  const rows = Array.from({ length: count }, (_, i) => {
    const [name, fill, behind, number] = ["label", "fill", "fill behind", "number"].map((c) => el("span", { class: c }));
    const row = el(click ? "button" : "div", { class: "bar rank", type: click ? "button" : undefined }, name, el("span", { class: "track" }, behind, fill), number);
    if (!above) name.style.width = `${label}ch`; // as wide as the longest, narrower on a phone
    if (wide) number.style.minWidth = `${wide}ch`; // so that all tracks end together
    if (click) row.addEventListener("click", () => choose(i));
    return { row, name, fill, behind, number };
  });
  const needle = el("span", { class: "needle" });
  const faces = el("span", { class: "faces" });
  const strip = el("div", { class: "die", hidden: !panel.options.die, "aria-hidden": "true" }, faces, needle);
  let [landed, when] = [0, 0]; // where the needle stands, since when
  let across = 0; // the strip's width in CSS pixels, once asked for
  const ruler = document.createElement("canvas").getContext("2d");
  const element = el("div", { class: above ? "bars named" : "bars", role: "group", "aria-label": panel.alt }, strip, ...rows.map(({ row }) => row), foot);

  function choose(unit) {
    stage.send({ panel: panel.name, kind: "click", unit, label: rows[unit].name.textContent });
    stage.rest();
  }

  function draw({ notes }) {
    const news = notes[panel.name];
    if (!news) return;
    rows.forEach(({ row, name, fill, behind, number }, i) => {
      const [text, value, before, told] = news.rows[i] ?? ["", 0, 0, ""];
      row.style.visibility = i < news.rows.length ? "" : "hidden";
      write(name, text);
      write(number, told);
      const share = (v) => `scaleX(${Math.min(1, Math.abs(v) / (news.limit ?? limit)).toFixed(4)})`;
      fill.style.transform = share(value);
      behind.style.transform = share(before);
      fill.classList.toggle("negative", value < 0);
      row.classList.toggle("chosen", i === news.chosen);
    });
    write(foot.firstChild, news.foot ?? "");
    if (panel.options.die) roll(news);
  }

  function roll({ rows: shares, die, chosen }) {
    across ||= strip.clientWidth;
    const { fontSize, fontFamily } = getComputedStyle(strip);
    ruler.font = `bold ${fontSize} ${fontFamily}`; // as the chosen one is written
    const fits = (text, share) => ruler.measureText(text).width + 4 < share * across;
    const shown = shares.map(([text, share], i) => el("span", { class: i === chosen ? "face on" : "face", style: `flex: ${share}`, title: text }, fits(text, share) ? text : ""));
    const rest = 1 - shares.reduce((sum, [, share]) => sum + share, 0);
    if (rest > 0.001) shown.push(el("span", { class: "face rest", style: `flex: ${rest}` }, ""));
    faces.replaceChildren(...shown);
    needle.hidden = die === null || die === undefined;
    if (!needle.hidden) land(die);
  }

  /** Let the needle sweep over the faces before it stands still, if there is time between throws. */
  function land(die) {
    const left = (share) => `${(100 * share).toFixed(2)}%`;
    const still = reducedMotion();
    const thrown = die !== landed;
    if (thrown && !still && performance.now() - when > SWEEP) needle.animate([{ left: left(landed) }, { left: "99.5%" }, { left: "0%" }, { left: left(die), easing: "ease-out" }], SWEEP);
    if (thrown) [landed, when] = [die, performance.now()];
    needle.style.left = left(die);
  }

  function layout() {
    element.style.minWidth = `${stage.across(width, 36)}px`;
    across = 0;
  }
  layout();

  return { element, draw, layout, calm: !panel.options.lively };
}
