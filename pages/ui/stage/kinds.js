// The kinds of panels: a file each in `panels/`, with a `create(panel, stage)`.

import * as arithmetic from "./panels/arithmetic.js";
import * as bars from "./panels/bars.js";
import * as blocks from "./panels/blocks.js";
import * as cells from "./panels/cells.js";
import * as checklist from "./panels/checklist.js";
import * as curve from "./panels/curve.js";
import * as dial from "./panels/dial.js";
import * as entry from "./panels/entry.js";
import * as graph from "./panels/graph.js";
import * as image from "./panels/image.js";
import * as ledger from "./panels/ledger.js";
import * as maps from "./panels/maps.js";
import * as network from "./panels/network.js";
import * as pad from "./panels/pad.js";
import * as photo from "./panels/photo.js";
import * as plane from "./panels/plane.js";
import * as ranks from "./panels/ranks.js";
import * as sketch from "./panels/sketch.js";
import * as sliders from "./panels/sliders.js";
import * as spectrum from "./panels/spectrum.js";
import * as strips from "./panels/strips.js";
import * as surface from "./panels/surface.js";
import * as table from "./panels/table.js";
import * as text from "./panels/text.js";
import * as timeline from "./panels/timeline.js";
import * as unrolled from "./panels/unrolled.js";
import * as weights from "./panels/weights.js";
import * as words from "./panels/words.js";

export const KINDS = {
  arithmetic,
  bars,
  blocks,
  cells,
  checklist,
  curve,
  dial,
  entry,
  graph,
  image,
  ledger,
  maps,
  network,
  pad,
  photo,
  plane,
  ranks,
  sketch,
  sliders,
  spectrum,
  strips,
  surface,
  table,
  text,
  timeline,
  unrolled,
  weights,
  words,
};
