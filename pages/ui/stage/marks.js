// Marks that several panels draw on their canvas.

/** Cross a box out. */
export function cross(context, x, y, w, h, color, thick = 1.5) {
  context.strokeStyle = color;
  context.lineWidth = thick;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + w, y + h);
  context.moveTo(x + w, y);
  context.lineTo(x, y + h);
  context.stroke();
}

/** Draw a circle: its line, or with `thick` 0 all that it encloses. */
export function circle(context, x, y, radius, color, thick = 0, dash = []) {
  context.beginPath();
  context.arc(x, y, Math.max(0, radius), 0, 7);
  if (!thick) {
    context.fillStyle = color;
    return context.fill();
  }
  context.strokeStyle = color;
  context.lineWidth = thick;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/** Write the title of a vertical axis, centred at (x, y) and read from below. */
export function upright(context, text, x, y) {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillText(text, 0, 0);
  context.restore();
}

/** Draw what lies within a box only. */
export function clipped(context, x, y, w, h, paint) {
  context.save();
  context.beginPath();
  context.rect(x, y, w, h);
  context.clip();
  paint();
  context.restore();
}

/** Outline a box, with its name on a tag at its upper left corner, inside the picture. */
export function tagged(context, x, y, w, h, color, text = "", thick = 2) {
  context.strokeStyle = color;
  context.lineWidth = thick;
  context.strokeRect(x, y, w, h);
  if (!text) return;
  context.font = "600 12px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "left";
  const wide = context.measureText(text).width + 8;
  const left = Math.max(0, Math.min(x - thick / 2, context.canvas.clientWidth - wide));
  const top = y > 17 ? y - 16 : y;
  context.fillStyle = color;
  context.fillRect(left, top, wide, 16);
  context.fillStyle = "#ffffff";
  context.fillText(text, left + 4, top + 8.5);
}
