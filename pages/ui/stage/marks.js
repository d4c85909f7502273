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
