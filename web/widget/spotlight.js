// Lights up words on the page that the widget is on, and leaves the page as it was.

import { make } from "./dom.js";

const NAME = "resume-bot";
const STYLES = `
  ::highlight(${NAME}) { background-color: #ffe066; color: #1d1a08; text-shadow: none; }
  @media (forced-colors: active) {
    ::highlight(${NAME}) { background-color: Mark; color: MarkText; }
  }`;

export class Spotlight {
  #layer;
  #sheet = null;
  #draw = null;

  /** `layer` is an element of the widget's own in which rectangles may be drawn. */
  constructor(layer) {
    this.#layer = layer;
  }

  get isOn() {
    return this.#draw !== null;
  }

  /** Scroll to a range of the page and light it up. */
  show(range) {
    this.clear();
    scrollTo(range);
    if (globalThis.Highlight && CSS.highlights) {
      this.#sheet ??= new CSSStyleSheet();
      this.#sheet.replaceSync(STYLES);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
      CSS.highlights.set(NAME, new Highlight(range));
      this.#draw = () => this.#place([range.getBoundingClientRect()], "ring");
    } else {
      this.#draw = () => this.#place(range.getClientRects(), "lamp");
    }
    this.#draw();
    addEventListener("resize", this.#draw);
  }

  /** Leave nothing behind. */
  clear() {
    if (!this.isOn) return;
    removeEventListener("resize", this.#draw);
    this.#draw = null;
    this.#layer.replaceChildren();
    globalThis.CSS.highlights?.delete(NAME);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== this.#sheet);
  }

  /** Draw rectangles where they are on the page, so that they scroll along. */
  #place(rectangles, className) {
    const origin = this.#layer.getBoundingClientRect();
    this.#layer.replaceChildren(
      ...Array.from(rectangles, ({ left, top, width, height }) => {
        const box = make("div", { class: className });
        // By the object model: a style attribute may be forbidden by the page's policy.
        Object.assign(box.style, {
          left: `${left - origin.left}px`,
          top: `${top - origin.top}px`,
          width: `${width}px`,
          height: `${height}px`,
        });
        return box;
      }),
    );
  }
}

function scrollTo(range) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const around = range.startContainer.parentElement;
  const fits = around.getBoundingClientRect().height < innerHeight / 2;
  around.scrollIntoView({ block: "center", behavior: fits && !calm ? "smooth" : "instant" });
  if (fits) return;
  const { top, bottom } = range.getBoundingClientRect();
  scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: "instant" });
}
