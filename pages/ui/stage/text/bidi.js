// Which way a line is read: Unicode's bidirectional algorithm (UAX #9), without explicit marks and
// without the rule for pairs of brackets.  https://www.unicode.org/reports/tr9/

const HEBREW = /[\p{Script=Hebrew}\p{Script=Nko}\p{Script=Samaritan}\u200f]/u;
const ARABIC = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const ARABIC_DIGIT = /[\u0660-\u0669\u066b\u066c]/;
const MIRRORED = { "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«" };

/** The class of a character, by the names of UAX #9. */
function kind(character) {
  if (/[0-9]/.test(character)) return "EN";
  if (ARABIC_DIGIT.test(character)) return "AN";
  if (ARABIC.test(character)) return /\p{L}/u.test(character) ? "AL" : "ON";
  if (HEBREW.test(character)) return "R";
  if (/[+\-−]/.test(character)) return "ES";
  if (/[,.:/\u00a0\u060c]/.test(character)) return "CS";
  if (/[#%°\p{Sc}]/u.test(character)) return "ET";
  return /\p{L}/u.test(character) ? "L" : "ON";
}

/** Whether a paragraph is read from the right: its first letter decides (P2, P3). */
export function fromTheRight(characters) {
  const first = characters.map(kind).find((k) => k === "L" || k === "R" || k === "AL");
  return first === "R" || first === "AL";
}

/** The level of every character of a paragraph: odd ones are read from the right. */
export function levels(characters, base) {
  const kinds = numbers(characters.map(kind), base ? "R" : "L");
  neutrals(kinds, base ? "R" : "L");
  return kinds.map((k) => (base ? (k === "R" ? 1 : 2) : { L: 0, R: 1, EN: 2, AN: 2 }[k]));
}

/** Rules W2 to W7: what digits and the signs among them belong to. */
function numbers(kinds, outside) {
  let strong = outside;
  kinds = kinds.map((k) => {
    if (k === "L" || k === "R" || k === "AL") strong = k;
    return k === "EN" && strong === "AL" ? "AN" : k; // W2
  });
  kinds = kinds.map((k, i) => {
    const [before, after] = [kinds[i - 1], kinds[i + 1]];
    const joins = (k === "ES" && before === "EN") || (k === "CS" && (before === "EN" || before === "AN"));
    return joins && before === after ? before : k; // W4
  });
  for (let i = 1; i < kinds.length; i++) if (kinds[i] === "ET" && kinds[i - 1] === "EN") kinds[i] = "EN"; // W5
  for (let i = kinds.length - 2; i >= 0; i--) if (kinds[i] === "ET" && kinds[i + 1] === "EN") kinds[i] = "EN";
  strong = outside;
  return kinds.map((k) => {
    if (k === "AL") k = "R"; // W3
    if (k === "L" || k === "R") strong = k;
    if (k === "EN" && strong === "L") return "L"; // W7
    return k === "ES" || k === "CS" || k === "ET" ? "ON" : k; // W6
  });
}

/** Rules N1 and N2: what stands between two of a kind goes with them, else with the paragraph. */
function neutrals(kinds, outside) {
  const side = (k) => (k === undefined ? outside : k === "L" ? "L" : "R");
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] !== "ON") continue;
    let end = i;
    while (kinds[end] === "ON") end++;
    const [before, after] = [side(kinds[i - 1]), side(kinds[end])];
    kinds.fill(before === after ? before : outside, i, end);
  }
}

/** The order in which places 0 ... n - 1 of a row stand from left to right (L2). */
export function order(rowLevels) {
  const places = rowLevels.map((_, i) => i);
  for (let level = Math.max(0, ...rowLevels); level > 0; level--) {
    for (let i = 0; i < places.length; i++) {
      let end = i;
      while (end < places.length && rowLevels[places[end]] >= level) end++;
      if (end > i + 1) places.splice(i, end - i, ...places.slice(i, end).reverse());
      i = Math.max(i, end - 1);
    }
  }
  return places;
}

/** A bracket as it is drawn where one reads from the right. */
export const mirrored = (character) => MIRRORED[character] ?? character;
