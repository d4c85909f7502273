// lattice: the paths of a text through the frames.  A row for each symbol and each blank, a column
// for each frame; a node is as strong as the share of the probability that goes through it, and so
// is the line between two.  Click a node to choose it; arrows move from node to node.
//
// values/name: (rows, columns), shares; NaN: no path goes here.  values/name.edges: (3, rows,
// columns - 1), shares of staying, going on by one row, and by two.  notes[name] = {rows: [text],
// inks: [of the ten, or null], path: [row of each column], chosen: [row, column] or null, columns:
// [text], texts: [[text]] in the nodes}; on a time axis {first, step, end: seconds, at} too.

import { rgb } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";
import { LEFT, X, cursor, leftTicks, played, timeAxis, timeBox } from "../time.js";

const FAINT = 0.01; // shares below it are drawn as the paths that there are

export function create(panel, stage) {
  const { width = 860, row: tall = 24, rows: room = 9, timed = false, radius = 22 } = panel.options;
  const canvas = el("canvas", { role: "application", "aria-label": `${panel.alt}. Arrow keys move from node to node.`, tabindex: 0, class: "clickable" });
  const said = el("span", { class: "range" });
  const element = el("div", { class: "lattice" }, timed ? played(stage, canvas, (seconds) => X(box, seconds, told.end)) : canvas, el("div", { class: "legend" }, el("span", { class: "key", style: "--c: var(--ink)" }, "the likeliest path"), el("span", { class: "key", style: "--c: var(--accent)" }, "all paths, by their share"), said));
  let [nodes, edges, told, box, spots] = [null, null, null, null, null];

  const at = (row, column) => nodes.data[row * nodes.shape[1] + column];

  function draw(frame) {
    const [tensor, news] = [frame.tensors[`values/${panel.name}`], frame.notes[panel.name]];
    if (!tensor || !news) return;
    [nodes, edges, told] = [tensor, frame.tensors[`values/${panel.name}.edges`], news];
    render();
    write(said, news.said ?? "");
  }

  function render() {
    const [rows, columns] = nodes.shape;
    const wide = stage.across(width, 36);
    const step = Math.min(tall * (stage.narrow ? 1 : Math.min(stage.k, 1.3)), timed ? (room * tall) / Math.max(rows, 1) : Infinity);
    const high = timed ? room * tall : rows * step + 22;
    box = timeBox(wide, high, timed || Boolean(told.columns));
    const paper = fit(canvas, box.width, box.height);
    paper.clearRect(0, 0, box.width, box.height);
    const used = timed ? step : box.h / rows;
    spots = {
      x: (column) => (timed ? X(box, told.first + (column + 0.5) * told.step, told.end) : box.left + ((column + 0.5) * box.w) / columns),
      y: (row) => box.top + (row + 0.5) * used,
      r: Math.max(2, Math.min(radius, used * 0.42, timed ? (told.step / told.end) * box.w * 0.45 : Infinity)),
    };
    paper.strokeStyle = stage.palette.line;
    paper.strokeRect(box.left - 0.5, box.top - 0.5, box.w + 1, box.h + 1);
    if (!rows) return;
    lines(paper, rows, columns);
    for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) node(paper, row, column);
    leftTicks(paper, box, told.rows.map((text, row) => [(spots.y(row) - box.top) / box.h, text]), stage.palette);
    if (timed) {
      if (told.at !== null) cursor(paper, box, told.at, told.end, stage.palette.accent);
      timeAxis(paper, box, told.end, stage.palette);
    } else {
      paper.textAlign = "center";
      told.columns?.forEach((text, column) => paper.fillText(text, spots.x(column), box.bottom + 13));
    }
  }

  function lines(paper, rows, columns) {
    for (let jump = 0; edges && jump < 3; jump++)
      for (let row = 0; row + jump < rows; row++)
        for (let column = 0; column < columns - 1; column++) {
          const share = edges.data[(jump * rows + row) * (columns - 1) + column];
          if (Number.isNaN(share) || (timed && share < FAINT)) continue;
          paper.strokeStyle = share < FAINT ? stage.palette.line : stage.palette.accent;
          paper.globalAlpha = share < FAINT ? 1 : 0.25 + 0.75 * share;
          paper.lineWidth = share < FAINT ? 1 : 1 + share * (timed ? 2 : 7);
          stroke(paper, [row, column], [row + jump, column + 1]);
        }
    paper.globalAlpha = 1;
    paper.strokeStyle = stage.palette.ink;
    paper.lineWidth = timed ? 1.5 : 2;
    told.path.slice(1).forEach((row, i) => stroke(paper, [told.path[i], i], [row, i + 1]));
  }

  function stroke(paper, from, to) {
    paper.beginPath();
    paper.moveTo(spots.x(from[1]), spots.y(from[0]));
    paper.lineTo(spots.x(to[1]), spots.y(to[0]));
    paper.stroke();
  }

  function node(paper, row, column) {
    const share = at(row, column);
    if (Number.isNaN(share)) return;
    const [x, y] = [spots.x(column), spots.y(row)];
    const ink = told.inks?.[row];
    const color = ink === null || ink === undefined ? stage.palette.dim : stage.palette.ten[ink];
    const chosen = told.chosen?.[0] === row && told.chosen?.[1] === column;
    const small = spots.r < 8;
    paper.beginPath();
    paper.arc(x, y, small ? Math.max(1, spots.r * (0.25 + 0.75 * Math.sqrt(share))) : spots.r, 0, 2 * Math.PI);
    paper.fillStyle = small ? color : mixed(stage.palette.card, color, share);
    paper.globalAlpha = small ? 0.2 + 0.8 * share : 1;
    paper.fill();
    paper.globalAlpha = 1;
    if (!small || chosen) {
      paper.strokeStyle = chosen ? stage.palette.accent : color;
      paper.lineWidth = chosen ? 3 : 1.5;
      paper.stroke();
    }
    const text = told.texts?.[row]?.[column];
    if (!text || small) return;
    paper.font = `${Math.min(13, spots.r * 0.6)}px system-ui, sans-serif`;
    paper.textAlign = "center";
    paper.textBaseline = "middle";
    paper.fillStyle = stage.palette.ink;
    paper.fillText(text, x, y);
  }

  /** A colour between paper and ink, never so strong that a number on it could not be read. */
  function mixed(paper, ink, share) {
    const [from, to] = [rgb(paper), rgb(ink)];
    return `rgb(${from.map((c, i) => Math.round(c + (to[i] - c) * 0.55 * share)).join(" ")})`;
  }

  function choose(row, column) {
    stage.send({ panel: panel.name, kind: "click", row, col: column });
    stage.rest();
  }

  canvas.addEventListener("click", (event) => {
    if (!nodes?.shape[0]) return;
    const frame = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    if (x < LEFT) return;
    const [rows, columns] = nodes.shape;
    const near = (count, place, to) => [...Array(count).keys()].reduce((best, i) => (Math.abs(place(i) - to) < Math.abs(place(best) - to) ? i : best), 0);
    choose(near(rows, spots.y, y), near(columns, spots.x, x));
  });
  canvas.addEventListener("keydown", (event) => {
    const turn = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!nodes?.shape[0] || !turn) return;
    event.preventDefault();
    event.stopPropagation();
    const [rows, columns] = nodes.shape;
    const [row, column] = told.chosen ?? [0, 0];
    choose(clamp(row + turn[0], 0, rows - 1), clamp(column + turn[1], 0, columns - 1));
  });

  return { element, canvas, draw };
}
