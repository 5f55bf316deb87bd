// The résumé inside the panel, with the cited words lit up.

import { icon, iconButton, make, reveal } from "./dom.js";

const KEPT = new Set(
  "P UL OL LI DL DT DD TABLE THEAD TBODY TR TH TD BLOCKQUOTE PRE CODE STRONG EM B I MARK BR".split(
    " ",
  ),
);
const LEFT_OUT = new Set("SCRIPT STYLE NOSCRIPT TEMPLATE NAV FORM BUTTON SVG IFRAME".split(" "));

export class ResumeView {
  #client;
  #say;
  #latest = null;

  constructor(client, say, onback) {
    this.#client = client;
    this.#say = say;
    this.title = make("h2", { id: "source-title" }, say("resume"));
    this.link = make(
      "a",
      { class: "icon", target: "_blank", rel: "noopener", "aria-label": say("newTab"), title: say("newTab") },
      icon("out"),
    );
    this.page = make("div", {
      class: "page",
      part: "resume",
      tabindex: "0",
      role: "region",
      "aria-labelledby": "source-title",
      lang: "",
    });
    this.note = make("p", { class: "note", role: "status" });
    this.root = make(
      "div",
      { class: "source", hidden: true },
      make(
        "div",
        { class: "bar", part: "header" },
        iconButton(say("back"), "back", onback),
        this.title,
        this.link,
      ),
      this.note,
      this.page,
    );
  }

  /** Show the résumé at a citation. */
  async open(citation) {
    const url = this.#client.address(citation.url);
    this.#latest = citation;
    this.root.hidden = false;
    this.link.href = url;
    this.page.replaceChildren(quoted(citation));
    this.note.textContent = this.#say("pending");
    this.focus();
    let note = "";
    try {
      const page = await this.#client.page(url);
      if (this.#latest !== citation) return;
      const mark = page.querySelector("mark");
      const article =
        mark?.closest("article") ?? page.querySelector("article") ?? page.querySelector("main");
      if (mark) this.page.replaceChildren(...copies(article));
      else note = "changed";
    } catch {
      note = "unshown";
    }
    if (this.#latest !== citation) return;
    this.note.textContent = note && this.#say(note);
    const mark = this.page.querySelector("mark");
    if (mark) reveal(this.page, mark, "center");
  }

  focus() {
    this.root.querySelector("button").focus();
  }

  close() {
    this.#latest = null;
    this.root.hidden = true;
  }
}

/** What is shown of a citation before or without its page. */
function quoted({ quote }) {
  return make("p", { dir: "auto" }, make("mark", {}, quote));
}

/** An element's children as plain elements of their own: no attribute is taken over. */
function* copies(element) {
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      yield node.data;
    } else if (node.nodeType === Node.ELEMENT_NODE && !LEFT_OUT.has(node.tagName.toUpperCase())) {
      const level = /^H([1-6])$/.exec(node.tagName)?.[1];
      // The panel's own title is of level 2.
      const tag = level ? `h${Math.min(6, Number(level) + 2)}` : node.tagName.toLowerCase();
      if (!level && !KEPT.has(node.tagName)) yield* copies(node);
      else yield make(tag, tag === "mark" ? {} : { dir: "auto" }, ...copies(node));
    }
  }
}
