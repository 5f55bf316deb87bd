// The widget: <script src="https://HOST/widget.js" defer></script> is all that a page needs.
// The server puts widget.css in front of this as STYLES, and a function around both.
// Whatever comes from the résumé or the visitor is set as text, never as markup.

const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
const HOST = new URL(".", script.src);
const STORE = `resume-bot ${HOST}`;
const MOST_CHARACTERS = 1000;
const MOST_TURNS_SENT = 12;
const MOST_CHARACTERS_SENT = 16000;
const TIMEOUT = 60_000; // milliseconds

const TEXTS = {
  launcher: "Ask the résumé",
  title: (name) => (name ? `Ask about ${name}` : "Ask the résumé"),
  greeting: "What would you like to know? Every answer quotes the line of the résumé it comes from.",
  placeholder: "Your question",
  question: "Your question",
  send: "Send",
  close: "Close",
  startOver: "Start over",
  you: "You asked:",
  thinking: "Looking it up …",
  answering: "Looking it up.",
  suggestions: "Suggested questions",
  citation: (id) => `Citation ${id}`,
  show: "Show in the résumé",
  newTab: "(opens in a new tab)",
  line: (number) => `line ${number}`,
  page: (number) => `page ${number}`,
  related: "What comes nearest to it",
  contact: "Ask the candidate",
  offline: "You seem to be offline. Your question is kept; send it again when you are back.",
  unreachable: "The server can't be reached. Your question is kept; please try again in a moment.",
  slow: "The server takes too long. Your question is kept; please try again.",
  busy: (seconds) => `Many questions in a short time. Please wait ${seconds} s and send it again.`,
  starting: "The résumé is being loaded. Please try again in a moment.",
  failed: "Something went wrong on the server. Your question is kept; please try again later.",
};

/** A failure in words for the visitor. */
class Failure extends Error {}

/** The server's answers. */
const client = {
  async about() {
    const response = await fetch(new URL("about", HOST));
    if (!response.ok) throw await failureOf(response);
    return response.json();
  },

  /** The reply to the last message; `onDelta` gets its answer piece by piece. */
  async chat(messages, signal, onDelta) {
    const response = await fetch(new URL("chat", HOST), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify({ messages }),
      signal,
    });
    if (!response.ok) throw await failureOf(response);
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
      return response.json();
    }
    for await (const { event, data } of serverSentEvents(response.body)) {
      if (event === "delta") onDelta(data.text);
      else if (event === "reply") return data;
      else if (event === "error") throw new Failure(TEXTS.failed);
    }
    throw new Failure(TEXTS.unreachable); // the stream ended early
  },
};

async function failureOf(response) {
  if (response.status === 429) {
    return new Failure(TEXTS.busy(response.headers.get("retry-after") ?? "60"));
  }
  if (response.status === 503) return new Failure(TEXTS.starting);
  if (response.status >= 500) return new Failure(TEXTS.failed);
  const problem = await response.json().catch(() => ({}));
  return new Failure(problem.detail ?? TEXTS.failed);
}

async function* serverSentEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop();
    for (const block of blocks) {
      let event = "message";
      const data = [];
      for (const line of block.split("\n")) {
        if (line.startsWith("event: ")) event = line.slice(7);
        else if (line.startsWith("data: ")) data.push(line.slice(6));
      }
      if (data.length) yield { event, data: JSON.parse(data.join("\n")) };
    }
  }
}

/** The questions and replies so far, kept for as long as the tab. */
class Conversation {
  constructor() {
    try {
      this.turns = JSON.parse(sessionStorage.getItem(STORE)) ?? [];
    } catch {
      this.turns = []; // storage is forbidden to this page, or holds something else
    }
  }

  add(turn) {
    this.turns.push(turn);
    this.#save();
  }

  clear() {
    this.turns = [];
    this.#save();
  }

  /** What the server needs to know to answer `question`. */
  messages(question) {
    const messages = [{ role: "user", content: question }];
    let length = question.length;
    for (const turn of this.turns.slice(-MOST_TURNS_SENT).reverse()) {
      length += turn.question.length + turn.reply.answer.length;
      if (length > MOST_CHARACTERS_SENT) break;
      messages.unshift(
        { role: "user", content: turn.question },
        { role: "assistant", content: turn.reply.answer },
      );
    }
    return messages;
  }

  #save() {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(this.turns));
    } catch {
      // forbidden or full: the conversation lasts as long as the page
    }
  }
}

/** An element with attributes and children; strings become text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

const ICONS = {
  chat: "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
  close: "M6 6l12 12M18 6L6 18",
  again: "M19 12a7 7 0 1 1-2.1-5M17 3v4h-4",
  send: "M12 19V6M6 12l6-6 6 6",
};

class ResumeBot extends HTMLElement {
  #conversation = new Conversation();
  #about = null;
  #pending = null;

  constructor() {
    super();
    const styles = new CSSStyleSheet();
    styles.replaceSync(STYLES);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [styles];
    this.#build();
  }

  /** Show the panel. */
  open() {
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.#focus();
    this.log.scrollTop = this.log.scrollHeight;
    this.#introduce();
  }

  /** Hide the panel; the conversation stays. */
  close() {
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  /** Ask as if the visitor had typed it. */
  async ask(question) {
    question = question.trim();
    if (!question || this.#pending) return;
    const pending = new AbortController();
    this.#pending = pending;
    this.#fail("");
    this.#suggest([]);
    this.input.value = "";
    const turn = this.#addTurn(question);
    turn.answer.textContent = TEXTS.thinking;
    turn.answer.classList.add("pending");
    this.status.textContent = TEXTS.answering;
    this.#busy(true);
    this.log.scrollTop = this.log.scrollHeight;
    const timer = setTimeout(() => pending.abort(new Failure(TEXTS.slow)), TIMEOUT);
    try {
      let streamed = "";
      const reply = await client.chat(
        this.#conversation.messages(question),
        pending.signal,
        (text) => {
          streamed += text;
          turn.answer.classList.remove("pending");
          turn.answer.textContent = streamed;
          this.log.scrollTop = this.log.scrollHeight;
        },
      );
      if (pending.signal.aborted) return;
      this.#conversation.add({ question, reply });
      this.#showReply(turn, reply);
      this.#suggest();
      this.status.textContent = reply.answer;
      this.log.scrollTop = turn.root.offsetTop;
    } catch (error) {
      turn.root.remove();
      if (this.#pending !== pending) return; // started over
      this.input.value ||= question;
      this.status.textContent = "";
      this.#fail(wordsFor(error));
      this.#suggest();
    } finally {
      clearTimeout(timer);
      if (this.#pending === pending) {
        this.#pending = null;
        this.#busy(false);
      }
    }
  }

  /** Forget the conversation. */
  startOver() {
    const pending = this.#pending;
    this.#pending = null;
    pending?.abort();
    this.#conversation.clear();
    this.turns.replaceChildren();
    this.#fail("");
    this.#busy(false);
    this.status.textContent = "";
    this.#suggest();
    this.#focus();
  }

  #build() {
    this.launcher = make(
      "button",
      { type: "button", class: "launcher", part: "launcher", lang: "en", "aria-haspopup": "dialog", onclick: () => this.open() },
      icon(ICONS.chat),
      make("span", {}, TEXTS.launcher),
    );
    this.heading = make("h2", { id: "title", part: "title", dir: "auto" }, TEXTS.title());
    this.turns = make("ol", { class: "turns" });
    this.suggestions = make("ul", { class: "chips", "aria-label": TEXTS.suggestions });
    this.log = make(
      "div",
      { class: "log", part: "log", tabindex: "0", role: "region", "aria-labelledby": "title" },
      make("p", { class: "greeting", part: "greeting" }, TEXTS.greeting),
      this.turns,
      this.suggestions,
    );
    this.failure = make("p", { class: "failure", part: "failure", role: "alert", hidden: true });
    this.status = make("p", { class: "unseen", role: "status" });
    this.input = make("input", {
      type: "text",
      name: "question",
      maxlength: MOST_CHARACTERS,
      autocomplete: "off",
      enterkeyhint: "send",
      dir: "auto",
      placeholder: TEXTS.placeholder,
      "aria-label": TEXTS.question,
    });
    this.send = make("button", { class: "send", part: "send", "aria-label": TEXTS.send }, icon(ICONS.send));
    this.panel = make(
      "section",
      {
        class: "panel",
        part: "panel",
        lang: "en",
        role: "dialog",
        "aria-labelledby": "title",
        tabindex: "-1",
        hidden: true,
        onkeydown: (event) => {
          if (event.key === "Escape" && !event.isComposing) {
            event.stopPropagation();
            this.close();
          }
        },
      },
      make(
        "div",
        { class: "bar", part: "header" },
        this.heading,
        this.#iconButton(TEXTS.startOver, ICONS.again, () => this.startOver()),
        this.#iconButton(TEXTS.close, ICONS.close, () => this.close()),
      ),
      this.log,
      this.failure,
      make(
        "form",
        {
          part: "form",
          onsubmit: (event) => {
            event.preventDefault();
            this.ask(this.input.value);
          },
        },
        this.input,
        this.send,
      ),
      this.status,
    );
    this.shadowRoot.append(this.launcher, this.panel);
    for (const { question, reply } of this.#conversation.turns) {
      this.#showReply(this.#addTurn(question), reply);
    }
    this.#suggest();
  }

  #iconButton(label, path, onclick) {
    return make(
      "button",
      { type: "button", class: "icon", "aria-label": label, title: label, onclick },
      icon(path),
    );
  }

  /** Learn whom this is about, once. */
  async #introduce() {
    if (this.#about) return;
    try {
      this.#about = await client.about();
    } catch {
      return; // the panel works without; the first question will say what is wrong
    }
    this.heading.textContent = TEXTS.title(this.#about.name);
    if (!this.#pending) this.#suggest();
  }

  #addTurn(question) {
    const answer = make("p", { class: "answer", part: "answer", dir: "auto" });
    const root = make(
      "li",
      {},
      make(
        "p",
        { class: "question", part: "question", dir: "auto" },
        make("span", { class: "unseen" }, `${TEXTS.you} `),
        question,
      ),
      answer,
    );
    this.turns.append(root);
    return { root, answer };
  }

  #showReply({ root, answer }, reply) {
    answer.classList.remove("pending");
    answer.classList.toggle("unfound", reply.outcome === "not_stated");
    const card = make("div", { class: "card", part: "card", hidden: true });
    answer.replaceChildren(...this.#answerWithCitations(reply, card));
    root.append(card);
    if (reply.related.length) {
      root.append(
        make("p", { class: "label" }, TEXTS.related),
        ...reply.related.map((citation) => make("div", { class: "card" }, ...quotation(citation))),
      );
    }
    const contact = this.#about?.contact;
    const href = reply.outcome === "not_stated" && contact ? contactLink(contact) : null;
    if (href) root.append(make("p", { class: "label" }, make("a", { href }, TEXTS.contact)));
  }

  *#answerWithCitations(reply, card) {
    const cited = new Map(reply.citations.map((citation) => [citation.id, citation]));
    for (const [, text, id] of reply.answer.matchAll(/([^[]+|\[(?!\d+\]))|\[(\d+)\]/g)) {
      if (text !== undefined) yield text;
      else if (cited.has(Number(id))) yield this.#citationButton(cited.get(Number(id)), card);
      else yield `[${id}]`;
    }
  }

  #citationButton(citation, card) {
    const button = make(
      "button",
      {
        type: "button",
        class: "citation",
        part: "citation",
        "aria-label": TEXTS.citation(citation.id),
        "aria-expanded": "false",
        onclick: () => {
          const opens = button.getAttribute("aria-expanded") === "false";
          for (const other of button.parentNode.querySelectorAll(".citation")) {
            other.setAttribute("aria-expanded", String(opens && other === button));
          }
          card.hidden = !opens;
          card.replaceChildren(...(opens ? quotation(citation) : []));
          if (opens) reveal(this.log, card);
        },
      },
      `[${citation.id}]`,
    );
    return button;
  }

  /** Offer questions: those of the last reply, to begin with those of the résumé. */
  #suggest(questions = (this.#conversation.turns.at(-1)?.reply ?? this.#about)?.suggestions ?? []) {
    this.suggestions.hidden = !questions.length;
    this.suggestions.replaceChildren(
      ...questions.map((question) =>
        make(
          "li",
          {},
          make(
            "button",
            {
              type: "button",
              part: "suggestion",
              dir: "auto",
              onclick: () => {
                this.ask(question);
                this.panel.focus(); // the button is gone
              },
            },
            question,
          ),
        ),
      ),
    );
  }

  #focus() {
    // On a touch screen focus in the field would bring up the keyboard unasked.
    (matchMedia("(pointer: coarse)").matches ? this.panel : this.input).focus();
  }

  #fail(words) {
    this.failure.textContent = words;
    this.failure.hidden = !words;
  }

  #busy(busy) {
    // A button that is really disabled would drop the focus.
    this.send.setAttribute("aria-disabled", String(busy));
    this.turns.setAttribute("aria-busy", String(busy));
  }
}

/** The quoted words, where they stand, and the way there. */
function quotation(citation) {
  const where = [
    ...citation.section,
    citation.page ? TEXTS.page(citation.page) : TEXTS.line(citation.line),
  ];
  return [
    make("blockquote", { part: "quote", dir: "auto" }, citation.quote),
    make("p", { class: "place", dir: "auto" }, where.join(" › ")),
    make(
      "a",
      {
        class: "show",
        href: new URL(citation.url.replace(/^\//, ""), HOST),
        target: "_blank",
        rel: "noopener",
      },
      TEXTS.show,
      make("span", { class: "unseen" }, ` ${TEXTS.newTab}`),
    ),
  ];
}

function contactLink(contact) {
  const address = /^[^\s:/]+@[^\s:/]+$/.test(contact) ? `mailto:${contact}` : contact;
  return /^(https?|mailto|tel):/i.test(address) ? address : null;
}

/** Scroll `box` until `element` is in it; scrollIntoView would move the page as well. */
function reveal(box, element) {
  const below = element.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
  if (below > 0) box.scrollTop += below + 12;
}

function wordsFor(error) {
  if (error instanceof Failure) return error.message;
  return navigator.onLine ? TEXTS.unreachable : TEXTS.offline;
}

function mount() {
  if (!document.querySelector("resume-bot")) {
    document.body.append(document.createElement("resume-bot"));
  }
}

if (!customElements.get("resume-bot")) {
  customElements.define("resume-bot", ResumeBot);
  if (document.body) mount();
  else document.addEventListener("DOMContentLoaded", mount);
}
