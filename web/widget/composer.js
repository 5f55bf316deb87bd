// The field to write a question in, with the button that sends it or stops the answer.

import { icon, make } from "./dom.js";

export const MOST_CHARACTERS = 1000; // of a question, for the server

export class Composer {
  #say;
  #conversation;

  /** `send(question)` and `stop()` are called; what is typed is kept in the conversation. */
  constructor(say, conversation, { send, stop }) {
    this.#say = say;
    this.#conversation = conversation;
    this.isBusy = false;
    const submit = () => {
      const question = this.input.value;
      if (this.isBusy || !question.trim()) return;
      this.#keep((this.input.value = ""));
      send(question);
    };
    this.input = make("textarea", {
      part: "input",
      rows: 1,
      maxlength: MOST_CHARACTERS,
      autocomplete: "off",
      enterkeyhint: "send",
      dir: "auto",
      placeholder: say("input"),
      "aria-label": say("input"),
      oninput: () => this.#keep(this.input.value),
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        submit();
      },
    });
    this.input.value = conversation.draft;
    this.button = make("button", { class: "send", part: "send" });
    this.root = make(
      "form",
      {
        part: "form",
        onsubmit: (event) => {
          event.preventDefault();
          if (this.isBusy) stop();
          else submit();
        },
      },
      this.input,
      this.button,
    );
    this.setBusy(false);
  }

  /** Whether an answer is under way, which the button then stops. */
  setBusy(busy) {
    this.isBusy = busy;
    const label = this.#say(busy ? "stop" : "send");
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
    this.button.replaceChildren(icon(busy ? "stop" : "send"));
  }

  #keep(draft) {
    this.#conversation.draft = draft;
    this.#conversation.save();
  }
}
