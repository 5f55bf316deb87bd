// <resume-bot>: the element with its attributes, its button, and its place on the page.

import { Client } from "./client.js";
import { coloursFor, parse } from "./colour.js";
import { Conversation } from "./conversation.js";
import { icon, make } from "./dom.js";
import { findOnPage } from "./finder.js";
import { Panel } from "./panel.js";
import { Spotlight } from "./spotlight.js";
import { textsIn } from "./texts.js";
import STYLES from "./widget.css" with { type: "css" };

const SMALL = matchMedia("(max-width: 480px), (max-height: 480px)"); // the panel fills the screen
const DARK = matchMedia("(prefers-color-scheme: dark)");
// While a panel fills the screen, nothing behind it scrolls.
const LOCK = new CSSStyleSheet();
LOCK.replaceSync("html { overflow: hidden !important; }");
// The colours of widget.css that an accent has to be readable on.
const PAPERS = {
  light: ["#1c2427", ["#ffffff", "#f6f5f1"]],
  dark: ["#e9ecea", ["#171d20", "#21292d"]],
};
const DRESS = new Set(["data-accent", "data-position", "data-theme"]);

export class ResumeBot extends HTMLElement {
  static observedAttributes = [
    ...DRESS,
    "data-title",
    "data-greeting",
    "data-launcher",
    "data-language",
    "data-contact",
  ];
  /** The address of the server, where `data-host` gives no other; main.js knows it. */
  static host = null;

  #frame = make("div", { class: "frame", dir: "ltr" });
  #layer = make("div", { class: "layer" });
  #spotlight = new Spotlight(this.#layer);
  #conversation = null;
  #panel = null;
  #launcher = null;
  #opener = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [STYLES];
    root.append(this.#layer, this.#frame);
  }

  connectedCallback() {
    DARK.addEventListener("change", this.#dress);
    SMALL.addEventListener("change", this.#refit);
    visualViewport?.addEventListener("resize", this.#fit);
    if (this.#launcher || this.#panel) return; // moved to another place
    const { host } = this.dataset;
    const base = host ? new URL(host.replace(/\/*$/, "/"), document.baseURI) : ResumeBot.host;
    this.client = new Client(base);
    this.#conversation = new Conversation(`resume-bot ${base}${this.#isInline ? " inline" : ""}`);
    this.#build();
    if (this.#isInline) {
      this.#openPanel();
    } else if (!SMALL.matches) {
      // A phone's screen isn't covered unasked.
      if (this.#conversation.open ?? this.hasAttribute("data-open")) this.#openPanel();
    }
  }

  disconnectedCallback() {
    DARK.removeEventListener("change", this.#dress);
    SMALL.removeEventListener("change", this.#refit);
    visualViewport?.removeEventListener("resize", this.#fit);
    this.#spotlight.clear();
    this.#unlock();
  }

  attributeChangedCallback(name, old, value) {
    if (old === value || !this.#conversation) return;
    if (DRESS.has(name)) this.#dress();
    else this.#rebuild();
  }

  /** Show the panel, and move the focus into it. */
  open() {
    if (this.isOpen) return;
    const active = document.activeElement;
    this.#opener = active && active !== document.body && active !== this ? active : null;
    const backFrom = this.#spotlight.isOn;
    this.#openPanel();
    if (backFrom) this.#panel.returnToCitation();
    else this.#panel.focus();
    this.#emit("open");
  }

  /** Hide the panel; the conversation stays. */
  close() {
    if (this.#isInline || !this.isOpen) return;
    this.#spotlight.clear();
    this.#hidePanel();
    (this.#opener?.isConnected ? this.#opener : this.#launcher).focus();
  }

  /** Ask a question as if the visitor had; promises the reply, or null if there is none. */
  ask(question) {
    this.open();
    return this.#panel.ask(String(question));
  }

  /** Forget the conversation. */
  reset() {
    this.#spotlight.clear();
    if (this.#panel) this.#panel.reset();
    else this.#conversation.clear();
  }

  /** Whether the panel is shown. */
  get isOpen() {
    return this.#isInline || Boolean(this.#panel?.root.open);
  }

  get #isInline() {
    return this.hasAttribute("data-inline");
  }

  #build() {
    const wanted = [this.dataset.language, document.documentElement.lang, ...navigator.languages];
    this.texts = textsIn(wanted);
    this.#frame.lang = this.texts.language;
    if (!this.#isInline) {
      this.#launcher = make("button", {
        type: "button",
        class: "launcher",
        part: "launcher",
        "aria-haspopup": "dialog",
        onclick: () => this.open(),
      });
      const name = this.texts.say("launcher");
      this.#frame.append(make("section", { "aria-label": name }, this.#launcher));
      this.#label();
    }
    this.#dress();
  }

  /** Made anew in other words. */
  #rebuild() {
    const wasOpen = this.isOpen;
    this.#hidePanel();
    this.#panel?.dispose();
    this.#panel = null;
    this.#launcher = null;
    this.#frame.replaceChildren();
    this.#build();
    if (wasOpen) this.#openPanel();
  }

  #openPanel() {
    this.#spotlight.clear();
    this.#panel ??= this.#makePanel();
    this.#panel.introduce();
    if (this.#isInline) return;
    this.#launcher.parentNode.hidden = true;
    this.#label();
    if (SMALL.matches) {
      this.#panel.root.showModal();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, LOCK];
    } else {
      this.#showBeside();
    }
    this.#remember(true);
    this.#panel.scroll();
  }

  /** Without a move of the focus, which `show()` would make. */
  #showBeside() {
    this.#panel.root.setAttribute("open", "");
  }

  #hidePanel() {
    if (this.#isInline || !this.isOpen) return;
    this.#panel.root.close();
    this.#panel.root.removeAttribute("open");
    this.#unlock();
    this.#launcher.parentNode.hidden = false;
    this.#label();
    this.#remember(false);
  }

  #unlock() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== LOCK);
  }

  #remember(open) {
    this.#conversation.open = open;
    this.#conversation.save();
  }

  #makePanel() {
    const { title, greeting, contact } = this.dataset;
    const panel = new Panel(this.client, this.#conversation, this.texts, {
      title: title ?? null,
      greeting: greeting ?? null,
      contact: contact ?? null,
      inline: this.#isInline,
      emit: (name, detail) => this.#emit(name, detail),
      cite: (citation) => this.#cite(citation),
      close: () => this.close(),
    });
    panel.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      if (!panel.back()) this.close();
    });
    // The back gesture of a phone.
    panel.root.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!panel.back()) this.close();
    });
    this.#frame.append(panel.root);
    return panel;
  }

  /** Show a citation where it stands: on this page if its words are on it, else in the résumé. */
  #cite(citation) {
    if (!this.#emit("citation", { citation })) return; // the page shows it in its own way
    const range = findOnPage(citation);
    if (!range) {
      this.#panel.showResume(citation);
      return;
    }
    this.#spotlight.show(range);
    this.#panel.announce(this.texts.say("shown"));
    if (!this.#isInline && this.#covers(range)) {
      this.#hidePanel();
      this.#launcher.focus({ preventScroll: true });
    }
  }

  /** Whether the panel lies over the words, or will when they are scrolled to. */
  #covers(range) {
    const words = range.getBoundingClientRect();
    const panel = this.#panel.root.getBoundingClientRect();
    return SMALL.matches || (words.right > panel.left && words.left < panel.right);
  }

  #emit(name, detail = {}) {
    return this.dispatchEvent(
      new CustomEvent(`resume-bot:${name}`, {
        detail,
        bubbles: true,
        composed: true,
        cancelable: name === "citation",
      }),
    );
  }

  #label() {
    const { say } = this.texts;
    const back = this.#spotlight.isOn;
    const words = back ? say("backToAnswer") : (this.dataset.launcher ?? say("launcher"));
    this.#launcher.replaceChildren(icon(back ? "back" : "chat"), words);
    // A drawing alone has no name.
    this.#launcher.setAttribute("aria-label", words || say("launcher"));
  }

  /** Theme, accent and position. */
  #dress = () => {
    const { theme, accent, position } = this.dataset;
    const dark = theme === "dark" || (theme !== "light" && DARK.matches);
    this.#frame.classList.toggle("dark", dark);
    this.#frame.classList.toggle("left", position === "left");
    const [ink, papers] = PAPERS[dark ? "dark" : "light"];
    const colours = accent ? coloursFor(accent, parse(ink), papers.map(parse)) : null;
    for (const name of ["accent", "on", "ink"]) {
      if (colours) this.#frame.style.setProperty(`--owner-${name}`, colours[name]);
      else this.#frame.style.removeProperty(`--owner-${name}`);
    }
  };

  /** As high as what a phone's keyboard leaves free, where the page isn't told by `dvh`. */
  #fit = () => {
    const { scale, height, offsetTop } = visualViewport;
    if (Math.abs(scale - 1) > 0.01) return; // magnified by fingers
    this.#frame.style.setProperty("--view-height", `${height}px`);
    this.#frame.style.setProperty("--view-top", `${offsetTop}px`);
  };

  /** From filling the screen to a corner of it, or back, as a phone is turned. */
  #refit = () => {
    if (this.#isInline || !this.isOpen) return;
    const focused = this.shadowRoot.activeElement;
    this.#panel.root.close();
    this.#unlock();
    this.#openPanel();
    focused?.focus();
  };
}
