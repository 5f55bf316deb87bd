// The conversation on the screen: log, suggestions and field, and the résumé over them.

import { Failure, failureOf } from "./client.js";
import { Composer, MOST_CHARACTERS } from "./composer.js";
import { iconButton, make, reveal } from "./dom.js";
import { ResumeView } from "./source.js";
import { TurnView } from "./turn.js";

const PATIENCE = 6_000; // milliseconds until the wait is explained
const ANNOUNCED = 10_000; // milliseconds for which a screen reader may need the words
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

export class Panel {
  #client;
  #conversation;
  #texts;
  #options;
  #composer;
  #resume;
  #views = [];
  #about = null;
  #pending = null; // { view, stop } of the question that is being answered
  #takesFeedback = true;
  #cited = null; // the button that led to the place of a citation
  #quiet;

  /**
   * `options`: `title`, `greeting` and `contact` of the owner's or null, whether it is `inline`,
   * `emit(name, detail)`, `cite(citation)` and `close()`.
   */
  constructor(client, conversation, texts, options) {
    this.#client = client;
    this.#conversation = conversation;
    this.#texts = texts;
    this.#options = options;
    this.#build();
  }

  /** Learn whom this is about, once. */
  async introduce() {
    if (this.#about) return;
    try {
      this.#about = await this.#client.about();
    } catch {
      return; // it works without; the first question will say what is wrong
    }
    const { name, contact } = this.#about;
    if (name && !this.#options.title) this.heading.textContent = this.#texts.say("title", { name });
    if (contact) this.#views.forEach((view) => view.refresh());
    if (!this.#pending) this.#suggest();
  }

  /** Put the focus where one goes on, but bring up no keyboard on a screen that is touched. */
  focus() {
    const touched = matchMedia("(pointer: coarse)").matches;
    if (!this.#resume.root.hidden) this.#resume.focus();
    else (touched ? this.root : this.#composer.input).focus({ preventScroll: true });
  }

  /** To the last answer. */
  scroll() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** The focus back to the citation that led away. */
  returnToCitation() {
    if (!this.#cited?.isConnected) {
      this.focus();
      return;
    }
    this.#cited.focus();
    reveal(this.log, this.#cited);
  }

  /** Ask a question; the reply, or null if there is none. */
  async ask(question) {
    question = question.replace(CONTROLS, " ").trim().slice(0, MOST_CHARACTERS);
    if (!question || this.#pending) return null;
    this.#options.emit("ask", { question });
    return this.#answer(this.#add(this.#conversation.begin(question)));
  }

  /** Forget the conversation; what is being typed stays. */
  reset() {
    this.#stop();
    this.#pending = null;
    this.#busy(false);
    this.#closeResume();
    this.#conversation.clear();
    this.#views = [];
    this.turns.replaceChildren();
    this.announce("");
    this.#suggest();
  }

  /** Show the résumé at a citation, over the conversation. */
  showResume(citation) {
    this.main.inert = true;
    this.root.setAttribute("aria-labelledby", "source-title");
    this.#resume.open(citation);
  }

  /** One step back, as Escape goes; false if there is none inside the panel. */
  back() {
    if (this.#resume.root.hidden) return false;
    this.#closeResume();
    this.returnToCitation();
    return true;
  }

  /** Tell those who listen, once. */
  announce(text) {
    this.status.textContent = text;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => (this.status.textContent = ""), ANNOUNCED);
  }

  /** Let go of what goes on outside of it. */
  dispose() {
    this.#stop();
    removeEventListener("online", this.#online);
    removeEventListener("pagehide", this.#leave);
  }

  #online = () => {
    const view = this.#views.at(-1);
    if (view?.turn.problem === "offline" && !this.#pending) this.#answer(view);
  };

  /** The page goes, and its requests with it, which is nobody's failure. */
  #leave = () => {
    if (!this.#pending) return;
    this.#pending.view.showProblem(new Failure("interrupted"));
    this.#pending = null;
    this.#busy(false);
  };

  async #answer(view) {
    const { turn } = view;
    const asked = { view, stop: new AbortController() };
    this.#pending = asked;
    turn.problem = "interrupted"; // if the page goes before the reply comes
    this.#conversation.save();
    this.#suggest([]);
    this.#busy(true);
    const wait = (name) => {
      view.wait(this.#texts.say(name));
      this.announce(this.#texts.say(name));
    };
    wait("pending");
    this.scroll();
    const patience = setTimeout(() => wait("patience"), PATIENCE);
    try {
      const messages = this.#conversation.messagesFor(turn);
      const reply = await this.#client.reply(messages, asked.stop.signal, (text) => {
        clearTimeout(patience);
        view.stream(text);
        this.scroll();
      });
      if (this.#pending !== asked) return null; // started over
      view.finish(reply);
      this.announce(reply.answer.replace(/\s*\[\d+\]/g, ""));
      this.#options.emit("answer", { question: turn.question, reply });
      return reply;
    } catch (error) {
      if (this.#pending !== asked) return null;
      const failure = failureOf(error);
      turn.problem = failure.kind;
      this.announce(view.showProblem(failure));
      return null;
    } finally {
      clearTimeout(patience);
      if (this.#pending === asked) {
        this.#pending = null;
        this.#busy(false);
        this.#conversation.save();
        this.#suggest();
        this.log.scrollTop = view.root.offsetTop - 8; // the question, and what follows
      }
    }
  }

  #stop() {
    this.#pending?.stop.abort();
  }

  #add(turn) {
    const view = new TurnView(this.#context, turn);
    this.#views.push(view);
    this.turns.append(view.root);
    return view;
  }

  /** What a turn needs of its panel. */
  get #context() {
    return {
      say: this.#texts.say,
      language: this.#texts.language,
      announce: (text) => this.announce(text),
      reveal: (element) => reveal(this.log, element),
      contact: () => linkTo(this.#options.contact ?? this.#about?.contact),
      cite: (citation, button) => {
        this.#cited = button;
        this.#options.cite(citation);
      },
      retry: (view) => {
        if (this.#pending) return;
        this.#answer(view);
        this.focus(); // the button is gone
      },
      vote: this.#takesFeedback ? (turn, comment) => this.#vote(turn, comment) : null,
    };
  }

  async #vote({ reply, vote }, comment) {
    this.#conversation.save();
    const taken = await this.#client.feedback({ id: reply.id, helpful: vote, comment });
    if (!taken) {
      this.#takesFeedback = false;
      this.turns.querySelectorAll(".thumb, .comment").forEach((it) => it.remove());
    }
    return taken;
  }

  #closeResume() {
    this.#resume.close();
    this.main.inert = false;
    this.root.setAttribute("aria-labelledby", "title");
  }

  #build() {
    const { say, language } = this.#texts;
    const { title, greeting, inline, close } = this.#options;
    this.heading = make("h2", { id: "title", part: "title", dir: "auto" }, title ?? say("launcher"));
    this.turns = make("ol", { class: "turns", "aria-label": say("conversation") });
    this.suggestions = make("ul", { class: "suggestions", "aria-label": say("suggestions") });
    this.welcome = make(
      "div",
      { class: "welcome", part: "greeting" },
      make("p", { class: "greeting", dir: "auto" }, greeting ?? say("greeting")),
      make("p", { class: "promise" }, make("span", { class: "lit" }, say("promise"))),
    );
    this.log = make(
      "div",
      { class: "log", part: "log", tabindex: "0", role: "region", "aria-labelledby": "title" },
      this.welcome,
      this.turns,
      this.suggestions,
    );
    this.status = make("p", { class: "unseen", role: "status" });
    this.#composer = new Composer(say, this.#conversation, {
      send: (question) => {
        this.ask(question);
        this.focus(); // on a phone its keyboard makes room for the answer
      },
      stop: () => this.#stop(),
    });
    this.#resume = new ResumeView(this.#client, say, () => this.back());
    const startOver = iconButton(say("startOver"), "again", () => {
      this.reset();
      this.focus();
    });
    this.main = make(
      "div",
      { class: "main" },
      make(
        "div",
        { class: "bar", part: "header" },
        this.heading,
        startOver,
        inline ? "" : iconButton(say("close"), "close", close),
      ),
      this.log,
      this.#composer.root,
    );
    this.root = make(
      inline ? "section" : "dialog",
      { class: "panel", part: "panel", lang: language, "aria-labelledby": "title", tabindex: "-1" },
      this.main,
      this.#resume.root,
      this.status,
    );
    for (const turn of this.#conversation.turns) this.#add(turn);
    this.#suggest();
    addEventListener("online", this.#online);
    addEventListener("pagehide", this.#leave);
  }

  /** Offer questions: those of the last reply, to begin with those of the résumé. */
  #suggest(questions) {
    const { turns } = this.#conversation;
    const last = turns.findLast(({ reply }) => reply)?.reply;
    questions ??= (last ?? this.#about)?.suggestions ?? [];
    this.welcome.hidden = turns.length > 0;
    this.suggestions.hidden = !questions.length;
    this.suggestions.replaceChildren(
      ...questions.map((question) => make("li", {}, this.#suggestion(question))),
    );
  }

  #suggestion(question) {
    const onclick = () => {
      this.ask(question);
      this.focus(); // the button is gone
    };
    const attributes = { class: "chip", part: "suggestion", dir: "auto", lang: "" };
    return make("button", { type: "button", ...attributes, onclick }, question);
  }

  #busy(busy) {
    this.#composer.setBusy(busy);
    this.turns.setAttribute("aria-busy", String(busy));
  }
}

/** Where a contact leads, if that is a place that is safe to go to. */
function linkTo(contact) {
  if (!contact) return null;
  const address = /^[^\s:/]+@[^\s:/]+$/.test(contact) ? `mailto:${contact}` : contact;
  return /^(https?|mailto|tel):/i.test(address) ? address : null;
}
