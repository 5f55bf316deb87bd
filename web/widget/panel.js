// The conversation on the screen: log, suggestions and field, and the résumé over them.

import { Failure, failureOf } from "./client.js";
import { icon, iconButton, make, reveal } from "./dom.js";
import { ResumeView } from "./source.js";
import { TurnView } from "./turn.js";

const MOST_CHARACTERS = 1000; // of a question, for the server
const PATIENCE = 6_000; // milliseconds until the wait is explained
const ANNOUNCED = 10_000; // milliseconds for which a screen reader may need the words
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

export class Panel {
  #client;
  #conversation;
  #texts;
  #options;
  #views = new Map();
  #about = null;
  #pending = null;
  #feedback = true;
  #cited = null;

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
    const { name } = this.#about;
    if (name && !this.#options.title) this.heading.textContent = this.#texts.say("title", { name });
    if (!this.#pending) this.#suggest();
  }

  /** Put the focus where one goes on, but bring up no keyboard on a screen that is touched. */
  focus() {
    if (!this.#resume.root.hidden) this.#resume.root.querySelector("button").focus();
    else if (matchMedia("(pointer: coarse)").matches) this.root.focus({ preventScroll: true });
    else this.input.focus({ preventScroll: true });
  }

  /** To the last answer. */
  scroll() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** The focus back to the citation that led away. */
  returnToCitation() {
    if (this.#cited?.isConnected) this.#cited.focus();
    else this.focus();
    if (this.#cited) reveal(this.log, this.#cited);
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
    this.#views.clear();
    this.turns.replaceChildren();
    this.#announce("");
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

  /** Tell those who listen. */
  announce(text) {
    this.#announce(text);
  }

  /** Let go of what goes on outside of it. */
  dispose() {
    this.#stop();
    removeEventListener("online", this.#online);
    removeEventListener("pagehide", this.#leave);
  }

  #resume;
  #online = () => {
    const [view] = [...this.#views.values()].slice(-1);
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
    const { say } = this.#texts;
    const stop = new AbortController();
    const asked = { view, stop };
    this.#pending = asked;
    turn.problem = "interrupted"; // if the page goes before the reply comes
    this.#conversation.save();
    this.#suggest([]);
    this.#busy(true);
    view.wait(say("pending"));
    this.#announce(say("pending"));
    this.scroll();
    let begun = false;
    const patience = setTimeout(() => {
      if (begun) return;
      view.wait(say("patience"));
      this.#announce(say("patience"));
    }, PATIENCE);
    try {
      const messages = this.#conversation.messagesFor(turn);
      const reply = await this.#client.reply(messages, stop.signal, (text) => {
        begun = true;
        view.stream(text);
        this.scroll();
      });
      if (this.#pending !== asked) return null; // started over
      view.finish(reply);
      this.#announce(reply.answer.replace(/\s*\[\d+\]/g, ""));
      this.#options.emit("answer", { question: turn.question, reply });
      return reply;
    } catch (error) {
      if (this.#pending !== asked) return null;
      const failure = failureOf(error);
      turn.problem = failure.kind;
      this.#announce(view.showProblem(failure));
      return null;
    } finally {
      clearTimeout(patience);
      if (this.#pending === asked) {
        this.#pending = null;
        this.#busy(false);
        this.#conversation.save();
        this.#suggest();
        this.#showTurn(view);
      }
    }
  }

  /** The turn from its question on, as far as there is room. */
  #showTurn(view) {
    this.log.scrollTop = view.root.offsetTop - 8;
  }

  #stop() {
    this.#pending?.stop.abort();
  }

  #add(turn) {
    const view = new TurnView(this.#context, turn);
    this.#views.set(turn, view);
    this.turns.append(view.root);
    return view;
  }

  get #context() {
    return {
      say: this.#texts.say,
      language: this.#texts.language,
      announce: (text) => this.#announce(text),
      reveal: (element) => reveal(this.log, element),
      contact: () => linkTo(this.#options.contact ?? this.#about?.contact),
      cite: (citation, from) => {
        this.#cited = from;
        this.#options.cite(citation);
      },
      retry: (view) => {
        if (this.#pending) return;
        this.#answer(view);
        this.focus(); // the button is gone
      },
      vote: this.#feedback ? (turn, comment) => this.#vote(turn, comment) : null,
    };
  }

  async #vote(turn, comment) {
    this.#conversation.save();
    const { reply, vote } = turn;
    const taken = await this.#client.feedback({ id: reply.id, helpful: vote, comment });
    if (!taken) {
      this.#feedback = false;
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
    this.heading = make("h2", { id: "title", part: "title", dir: "auto" }, title ?? say("untitled"));
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
    this.input = make("textarea", {
      part: "input",
      rows: 1,
      maxlength: MOST_CHARACTERS,
      autocomplete: "off",
      enterkeyhint: "send",
      dir: "auto",
      placeholder: say("input"),
      "aria-label": say("input"),
      oninput: () => {
        this.#conversation.draft = this.input.value;
        this.#conversation.save();
      },
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#send();
      },
    });
    this.input.value = this.#conversation.draft;
    this.send = make("button", { class: "send", part: "send" });
    this.#resume = new ResumeView(this.#client, say, () => this.back());
    this.main = make(
      "div",
      { class: "main" },
      make(
        "div",
        { class: "bar", part: "header" },
        this.heading,
        iconButton(say("startOver"), "again", () => {
          this.reset();
          this.focus();
        }),
        inline ? "" : iconButton(say("close"), "close", close),
      ),
      this.log,
      make(
        "form",
        {
          part: "form",
          onsubmit: (event) => {
            event.preventDefault();
            if (this.#pending) this.#stop();
            else this.#send();
          },
        },
        this.input,
        this.send,
      ),
    );
    this.root = make(
      inline ? "section" : "dialog",
      { class: "panel", part: "panel", lang: language, "aria-labelledby": "title", tabindex: "-1" },
      this.main,
      this.#resume.root,
      this.status,
    );
    this.#busy(false);
    for (const turn of this.#conversation.turns) this.#add(turn);
    this.#suggest();
    addEventListener("online", this.#online);
    addEventListener("pagehide", this.#leave);
  }

  #send() {
    if (this.#pending || !this.input.value.trim()) return;
    const question = this.input.value;
    this.input.value = "";
    this.#conversation.draft = "";
    this.ask(question);
    this.focus(); // on a phone its keyboard makes room for the answer
  }

  /** Offer questions: those of the last reply, to begin with those of the résumé. */
  #suggest(questions) {
    const { turns } = this.#conversation;
    const last = turns.findLast(({ reply }) => reply)?.reply;
    questions ??= (last ?? this.#about)?.suggestions ?? [];
    this.welcome.hidden = turns.length > 0;
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
              class: "chip",
              part: "suggestion",
              dir: "auto",
              lang: "",
              onclick: () => {
                this.ask(question);
                this.focus(); // the button is gone
              },
            },
            question,
          ),
        ),
      ),
    );
  }

  #announce(text) {
    this.status.textContent = text;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => (this.status.textContent = ""), ANNOUNCED);
  }
  #quiet;

  #busy(busy) {
    const label = this.#texts.say(busy ? "stop" : "send");
    this.send.setAttribute("aria-label", label);
    this.send.title = label;
    this.send.replaceChildren(icon(busy ? "stop" : "send"));
    this.turns.setAttribute("aria-busy", String(busy));
  }
}

/** Where a contact leads, if that is a place that is safe to go to. */
function linkTo(contact) {
  if (!contact) return null;
  const address = /^[^\s:/]+@[^\s:/]+$/.test(contact) ? `mailto:${contact}` : contact;
  return /^(https?|mailto|tel):/i.test(address) ? address : null;
}
