// An accent of the owner's choice, readable all the same: contrast as in WCAG 2.2.

const LEAST = 4.5;

/**
 * The colours to set for an accent: `accent` to fill with, `on` for text on it, `ink` for text of
 * its hue on any of the papers; colours are [red, green, blue] from 0 to 1. Null if it is none.
 */
export function coloursFor(text, ink, papers) {
  const accent = parse(text);
  if (!accent) return null;
  const on = [[1, 1, 1], [0.05, 0.07, 0.08]].sort(
    (one, other) => contrast(other, accent) - contrast(one, accent),
  )[0];
  let readable = accent;
  for (let share = 0.1; share <= 1; share += 0.1) {
    if (papers.every((paper) => contrast(readable, paper) >= LEAST)) break;
    readable = accent.map((value, i) => value + (ink[i] - value) * share);
  }
  return Object.fromEntries(
    Object.entries({ accent, on, ink: readable }).map(([name, colour]) => [
      name,
      `rgb(${colour.map((value) => Math.round(value * 255)).join(" ")})`,
    ]),
  );
}

/** A CSS colour as the browser understands it. */
export function parse(text) {
  const probe = document.createElement("i");
  probe.style.color = text;
  if (!probe.style.color) return null;
  document.documentElement.append(probe);
  probe.style.color = `color-mix(in srgb, ${text}, ${text})`;
  const shown = getComputedStyle(probe).color;
  probe.remove();
  const values = shown.match(/[\d.]+/g)?.slice(0, 3).map(Number);
  return values?.length === 3 ? values.map((it) => (shown.startsWith("rgb") ? it / 255 : it)) : null;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
