// What a reader of these stages would stumble over, in words: text that is cut, drawn over other text
// or past its card, bars without width, canvases out of proportion, cards without content.
(stages) => {
  const SLACK = 0.5; // CSS pixels
  const BAR = 24; // CSS pixels that a bar or a slider has at least
  const CONTENT = "canvas, img, input, button, select, p, table, .bar";
  const found = new Set();

  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".spoken, .unseen, .tip, .ruler, .readout, .save");
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const hinted = (e) => scrolls(e) && (parseFloat(getComputedStyle(e, "::-webkit-scrollbar").height) > 4 || getComputedStyle(e).backgroundAttachment.includes("local"));
  const beyond = (box, edge) => Math.max(box.right - edge.right, edge.left - box.left, box.bottom - edge.bottom);

  /** Whether a box of its own scrolls this element, so that it may lie past the card. */
  function scrolled(e, card) {
    for (let p = e.parentElement; p !== card; p = p.parentElement) if (scrolls(p)) return true;
    return false;
  }

  /** The boxes of an element's own lines of text. */
  function* lines(e) {
    if (e.matches("option, textarea, details:not([open])")) return;
    for (const node of e.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1) yield box;
    }
  }

  function cut(e) {
    const style = getComputedStyle(e);
    if (e.matches("select")) {
      const context = document.createElement("canvas").getContext("2d");
      context.font = `${style.fontSize} ${style.fontFamily}`;
      const arrow = 12;
      return context.measureText(e.selectedOptions[0]?.text ?? "").width + arrow - e.clientWidth + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    }
    if (e.matches("input[type=range], textarea") || style.overflowX === "visible" || hinted(e)) return 0;
    return e.scrollWidth - e.clientWidth - 1;
  }

  function look(card) {
    const edge = card.getBoundingClientRect();
    const say = (what, e) => {
      const near = e.closest("[data-panel]")?.dataset.panel ?? e.closest("[data-knob]")?.dataset.knob ?? "";
      found.add(`${card.dataset.card}/${near}: ${what}: <${e.tagName.toLowerCase()} class="${e.className}"> “${e.textContent.trim().slice(0, 40)}”`);
    };
    const all = [...card.querySelectorAll("*")].filter(shown);
    if (shown(card) && !all.some((e) => e.matches(CONTENT))) say("an empty card", card);
    const outside = new Set(); // what is past the card, and is told once
    const texts = [];
    for (const e of all) {
      const box = e.getBoundingClientRect();
      if (!box.width && !box.height) continue;
      const free = !scrolled(e, card);
      if (cut(e) > 0) say(`cut by ${cut(e).toFixed(0)} px`, e);
      if (outside.has(e.parentElement)) outside.add(e);
      else if (free && beyond(box, edge) > SLACK) {
        outside.add(e);
        say(`past its card by ${beyond(box, edge).toFixed(0)} px`, e);
      }
      if (e.matches(".track, .die, input[type=range]") && box.width < BAR) say(`${box.width.toFixed(0)} px wide`, e);
      if (e.matches("canvas") && Math.abs((e.width * box.height) / (e.height * box.width) - 1) > 0.03) say("out of proportion", e);
      for (const line of lines(e)) {
        if (free && !outside.has(e) && beyond(line, edge) > SLACK) say(`text past its card by ${beyond(line, edge).toFixed(0)} px`, e);
        texts.push([e, line]);
      }
    }
    texts.forEach(([e, a], i) => {
      for (const [other, b] of texts.slice(i + 1)) {
        const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
        if (other !== e && across > 2 && down > 5) say(`over “${other.textContent.slice(0, 20)}”`, e);
      }
    });
  }

  for (const stage of stages) for (const card of stage.querySelectorAll(".card")) look(card);
  const page = document.querySelector('[data-testid="stMain"]');
  if (page.scrollWidth > page.clientWidth) found.add(`the page scrolls sideways by ${page.scrollWidth - page.clientWidth} px`);
  return [...found];
}
