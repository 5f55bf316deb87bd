// Finds quoted words on the page that the widget is on.

const UNREAD = "script, style, noscript, template, textarea, select, resume-bot";
const TITLES = "h1, h2, h3, h4, h5, h6, summary, dt, th, caption, legend, strong, b, [role=heading]";
const ENOUGH = 10; // letters that make words telling: they hardly stand there by chance
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Where a citation's words stand in the page's visible text, as a Range, or null.
 *
 * Only letters and digits are compared, without case and accents, so that the page may break its
 * lines, style its words and set its quotation marks as it likes. Where the words stand more than
 * once, those that follow the title of the citation's section are taken; where nothing tells them
 * apart, none are: the wrong line would be worse than no line.
 */
export function findOnPage({ quote, section }, page = document.body) {
  const text = new PageText(page);
  // A quote from Markdown holds the targets of its links, which a page doesn't show.
  const wordings = new Set([quote, quote.replace(/\]\([^)]*\)/g, "]")].map(fold));
  const title = fold(section.at(-1) ?? "");
  for (const words of wordings) {
    const places = words ? text.places(words) : [];
    if (!places.length) continue;
    const place = underTitle(text, places, title);
    if (place !== undefined) return text.range(place, words.length);
    if (places.length === 1 && weight(words) >= ENOUGH) return text.range(places[0], words.length);
  }
  return null;
}

/** The place that is nearest after the title. */
function underTitle(text, places, title) {
  const titles = title ? text.places(title) : [];
  const headings = titles.filter((place) => text.isTitle(place));
  const above = headings.length ? headings : titles;
  let [nearest, least] = [undefined, Infinity];
  for (const place of places) {
    const distance = place - (above.findLast((it) => it <= place) ?? -Infinity);
    if (distance < least) [nearest, least] = [place, distance];
  }
  return nearest;
}

/** The letters and digits of a text, in one case and without accents. */
function fold(text) {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** How telling folded words are: a sign of a script without spaces says more than a letter. */
function weight(words) {
  return Array.from(words).reduce((sum, each) => sum + (UNSPACED.test(each) ? 2 : 1), 0);
}

/** The visible text of a page, folded, with the way back to its nodes. */
class PageText {
  #folded = "";
  #nodes = []; // [where its folded text starts, the node]
  #offsets = new Map();

  constructor(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      isVisible(node.parentElement) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
    );
    while (walker.nextNode()) {
      const folded = fold(walker.currentNode.data);
      if (!folded) continue;
      this.#nodes.push([this.#folded.length, walker.currentNode]);
      this.#folded += folded;
    }
  }

  /** Where folded words stand as whole words. */
  places(words) {
    const places = [];
    let place = this.#folded.indexOf(words);
    for (; place >= 0; place = this.#folded.indexOf(words, place + 1)) {
      const { node, from } = this.#point(place);
      const last = this.#point(place + words.length - 1);
      const cut = joined(node.data.slice(0, from)) && joined(node.data.slice(from), false);
      const rest = last.node.data.slice(last.to);
      const cutAfter = joined(last.node.data.slice(0, last.to)) && joined(rest, false);
      if (!cut && !cutAfter && !isClipped(node.parentElement)) places.push(place);
    }
    return places;
  }

  isTitle(place) {
    return this.#point(place).node.parentElement.closest(TITLES) !== null;
  }

  range(place, length) {
    const first = this.#point(place);
    const last = this.#point(place + length - 1);
    const range = document.createRange();
    range.setStart(first.node, first.from);
    range.setEnd(last.node, last.to);
    return range;
  }

  /** The node with the folded character at `place`, and where in its data that was written. */
  #point(place) {
    let [low, high] = [0, this.#nodes.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#nodes[middle][0] <= place) low = middle;
      else high = middle - 1;
    }
    const [start, node] = this.#nodes[low];
    const [from, to] = this.#written(node)[place - start];
    return { node, from, to };
  }

  /** For each folded character of a node, where in its data it was written. */
  #written(node) {
    let written = this.#offsets.get(node);
    if (!written) {
      this.#offsets.set(node, (written = []));
      let from = 0;
      for (const character of node.data) {
        const to = from + character.length;
        for (let i = fold(character).length; i > 0; i--) written.push([from, to]);
        from = to;
      }
    }
    return written;
  }
}

/** Whether a text's end (or start) is in a word of a script that sets spaces between words. */
function joined(text, atEnd = true) {
  const edge = Array.from(atEnd ? text.slice(-2) : text.slice(0, 2)).at(atEnd ? -1 : 0) ?? "";
  return /[\p{L}\p{N}]/u.test(edge) && !UNSPACED.test(edge);
}

function isVisible(element) {
  if (element.closest(UNREAD)) return false;
  return element.checkVisibility
    ? element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    : element.getClientRects().length > 0;
}

/** Whether an element is there for screen readers only, clipped to nothing. */
function isClipped(element) {
  for (let it = element; it && it !== document.body; it = it.parentElement) {
    const { width, height } = it.getBoundingClientRect();
    if ((width <= 1 || height <= 1) && getComputedStyle(it).overflow !== "visible") return true;
  }
  return false;
}
