// One question in the log, with what came of it.

import { Failure } from "./client.js";
import { icon, iconButton, make } from "./dom.js";

const LOST = new Set(["unreachable", "slow", "busy", "starting", "failed"]);

/**
 * What a turn needs of the panel around it: `say` (texts), `contact()` (a link or null),
 * `cite(citation)` (show its place), `retry(turn)`, `vote(turn, comment)` or null while
 * feedback is off, and `reveal(element)`.
 */
export class TurnView {
  #panel;
  #countdown;

  constructor(panel, turn) {
    this.#panel = panel;
    this.turn = turn;
    this.answer = make("div", { class: "answer", part: "answer", dir: "auto", lang: "" });
    this.below = make("div", { class: "below" });
    this.root = make(
      "li",
      {},
      make(
        "p",
        { class: "question", part: "question", dir: "auto", lang: "" },
        make("span", { class: "unseen", lang: panel.language }, `${panel.say("you")} `),
        turn.question,
      ),
      this.answer,
      this.below,
    );
    if (turn.reply) this.#showReply(turn.reply);
    else if (turn.problem) this.showProblem(new Failure(turn.problem));
  }

  /** Nothing has come yet. */
  wait(text) {
    clearInterval(this.#countdown);
    this.below.replaceChildren();
    this.answer.className = "answer";
    this.answer.replaceChildren(make("span", { class: "pending", lang: this.#panel.language }, text));
  }

  /** The answer so far. */
  stream(text) {
    this.answer.replaceChildren(
      ...pieces(text, (id) => make("span", { class: "citation" }, String(id))),
    );
  }

  finish(reply) {
    this.turn.reply = reply;
    this.turn.problem = null;
    this.#showReply(reply, "fresh");
  }

  /** Show the reply again, as something around it has become known. */
  refresh() {
    if (this.turn.reply) this.#showReply(this.turn.reply);
  }

  /** Say why there is no reply, and offer to try again. */
  showProblem(failure) {
    const { say, retry } = this.#panel;
    const kept = LOST.has(failure.kind) ? [say("kept")] : [];
    const words = failure.message || [say(failure.kind), ...kept].join(" ");
    const again = make("button", { type: "button", class: "chip", onclick: () => {
      if (again.getAttribute("aria-disabled") !== "true") retry(this);
    } });
    const ready = () => {
      clearInterval(this.#countdown);
      again.removeAttribute("aria-disabled");
      again.replaceChildren(icon("again"), say("retry"));
    };
    ready();
    if (failure.seconds) {
      const end = Date.now() + failure.seconds * 1000;
      const tick = () => {
        const n = Math.ceil((end - Date.now()) / 1000);
        if (n <= 0) ready();
        else again.textContent = `${say("retry")} (${n} s)`;
      };
      again.setAttribute("aria-disabled", "true");
      tick();
      this.#countdown = setInterval(tick, 500);
    }
    this.answer.replaceChildren();
    this.below.replaceChildren(
      make("div", { class: "problem", part: "problem" }, make("p", {}, words), again),
    );
    return words;
  }

  #showReply(reply, fresh = "") {
    const { say, contact } = this.#panel;
    clearInterval(this.#countdown);
    const calm = reply.outcome === "not_stated";
    this.answer.className = `answer ${calm ? "calm" : ""}`;
    const evidence = reply.citations.length ? new Evidence(this.#panel, reply.citations, fresh) : null;
    const buttons = new Map();
    this.answer.replaceChildren(
      ...pieces(reply.answer, (id) => {
        const button = evidence?.button(id);
        if (button) buttons.set(id, button);
        return button ?? `[${id}]`;
      }),
    );
    this.below.replaceChildren();
    if (evidence) this.below.append(evidence.card);
    if (reply.related.length) {
      this.below.append(
        make("p", { class: "label" }, say("related")),
        ...reply.related.map((it) => make("div", { class: "card near", part: "card" }, ...quotation(this.#panel, it))),
      );
    }
    const link = calm ? contact() : null;
    if (link) {
      this.below.append(make("a", { class: "chip", part: "contact", href: link, rel: "noopener" }, say("contact"), icon("forth")));
    }
    this.below.append(this.#tools(reply));
  }

  #tools(reply) {
    const { say, announce, vote } = this.#panel;
    const said = make("span", { class: "said" });
    const tell = (name) => announce((said.textContent = say(name)));
    const tools = make("div", { class: "tools" });
    if (navigator.clipboard) {
      const copy = iconButton(say("copy"), "copy", async () => {
        try {
          await navigator.clipboard.writeText(asText(reply));
          tell("copied");
        } catch {
          tell("undone");
        }
      });
      tools.append(copy);
    }
    if (reply.id && vote) tools.append(...this.#thumbs(tell));
    tools.append(said);
    return tools;
  }

  #thumbs(tell) {
    const { say, vote } = this.#panel;
    const send = async (comment) => {
      try {
        if (await vote(this.turn, comment)) tell("thanks");
      } catch {
        tell("undone");
      }
    };
    const thumbs = [true, false].map((helpful) =>
      iconButton(
        say(helpful ? "helpful" : "unhelpful"),
        "thumb",
        () => {
          this.turn.vote = helpful;
          press();
          form.hidden = false;
          send(null);
        },
        { class: `icon thumb ${helpful ? "" : "down"}` },
      ),
    );
    const press = () =>
      thumbs.forEach((it, i) => it.setAttribute("aria-pressed", String(this.turn.vote === !i)));
    const line = make("input", { type: "text", maxlength: 500, autocomplete: "off", dir: "auto", "aria-label": say("comment"), placeholder: say("comment") });
    const form = make(
      "form",
      {
        class: "comment",
        hidden: true,
        onsubmit: (event) => {
          event.preventDefault();
          form.hidden = true;
          thumbs[this.turn.vote ? 0 : 1].focus();
          if (line.value.trim()) send(line.value.trim());
        },
      },
      line,
      make("button", { class: "icon", "aria-label": say("send"), title: say("send") }, icon("send")),
    );
    press();
    return [...thumbs, form];
  }
}

/** The citations of an answer: their buttons, and a card with the quote of one of them. */
class Evidence {
  #panel;
  #citations;
  #buttons = new Map();
  #chosen = null;

  constructor(panel, citations, fresh) {
    this.#panel = panel;
    this.#citations = new Map(citations.map((citation) => [citation.id, citation]));
    this.card = make("div", { class: `card ${fresh}`, part: "card" });
    this.#choose(citations[0]);
  }

  /** A button for the citation of that number, or null. */
  button(id) {
    const citation = this.#citations.get(id);
    if (!citation) return null;
    let tapped = false;
    const button = make(
      "button",
      {
        type: "button",
        class: "citation",
        part: "citation",
        "aria-label": this.#panel.say("citation", { n: id }),
        // Whoever hears the number hears the proof with it.
        "aria-description": `“${citation.quote}” ${placeOf(citation, this.#panel.say)}`,
        onpointerenter: (event) => event.pointerType === "mouse" && this.#choose(citation),
        onpointerdown: (event) => {
          tapped = event.pointerType === "touch" && this.#chosen !== citation;
        },
        onfocus: () => this.#choose(citation),
        onclick: () => {
          this.#choose(citation);
          // A finger can't hover: its first tap shows the quote, the next one the place.
          if (tapped) this.#panel.reveal(this.card);
          else this.#panel.cite(citation, button);
          tapped = false;
        },
      },
      String(id),
    );
    this.#buttons.set(citation, [...(this.#buttons.get(citation) ?? []), button]);
    button.classList.toggle("chosen", citation === this.#chosen);
    return button;
  }

  #choose(citation) {
    if (this.#chosen === citation) return;
    this.#chosen = citation;
    for (const [each, buttons] of this.#buttons) {
      buttons.forEach((button) => button.classList.toggle("chosen", each === citation));
    }
    this.card.replaceChildren(...quotation(this.#panel, citation));
  }
}

/** The quoted words, where they stand, and the way there. */
function quotation(panel, citation) {
  const show = make(
    "button",
    { type: "button", class: "show", onclick: () => panel.cite(citation, show) },
    panel.say("show"),
    icon("forth"),
  );
  return [
    make(
      "blockquote",
      { part: "quote", dir: "auto", lang: "" },
      make("span", { class: "lit" }, citation.quote),
    ),
    make("p", { class: "place", part: "place", dir: "auto" }, placeOf(citation, panel.say)),
    show,
  ];
}

function placeOf(citation, say) {
  const { section, page, line } = citation;
  const at = page ? say("page", { n: page }) : say("line", { n: line });
  return [...section, at].join(" › ");
}

/** An answer's text, each piece kept from the others' direction, with what stands for its marks. */
function* pieces(answer, mark) {
  for (const [, text, id] of answer.matchAll(/((?:[^[]|\[(?!\d+\]))+)|\[(\d+)\]/g)) {
    if (id === undefined) yield make("span", { class: "text" }, text);
    else yield mark(Number(id));
  }
}

/** An answer to be pasted elsewhere: with its quotes as footnotes. */
function asText({ answer, citations }) {
  const notes = citations.map(
    ({ id, quote, section }) => `[${id}] “${quote}” (${section.join(" › ")})`,
  );
  return [answer, ...(notes.length ? ["", ...notes] : [])].join("\n");
}
