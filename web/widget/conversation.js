// The conversation, kept in the tab's sessionStorage where the page may use it.

const MOST_TURNS = 30; // kept
const MOST_TURNS_SENT = 12;
const MOST_CHARACTERS_SENT = 16_000; // the server takes 20,000

/**
 * Turns, the oldest first: each a `question`, its `reply` or null, the `problem` that there was
 * instead or null, and the visitor's `vote`. Besides them the `draft` of a question, and whether
 * the panel is `open`.
 */
export class Conversation {
  turns = [];
  draft = "";
  open = null;
  #key;

  constructor(key) {
    this.#key = key;
    try {
      const kept = JSON.parse(sessionStorage.getItem(key)) ?? {};
      if (Array.isArray(kept.turns)) this.turns = kept.turns;
      this.draft = String(kept.draft ?? "");
      this.open = kept.open ?? null;
    } catch {
      // forbidden, or something else: the conversation begins here
    }
  }

  /** Add a turn for a question, and return it. */
  begin(question) {
    const turn = { question, reply: null, problem: null, vote: null };
    this.turns = [...this.turns, turn].slice(-MOST_TURNS);
    this.save();
    return turn;
  }

  clear() {
    this.turns = [];
    this.save();
  }

  save() {
    const { turns, draft, open } = this;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ turns, draft, open }));
    } catch {
      // forbidden or full: it lasts as long as the page
    }
  }

  /** What the server needs to know to answer a turn: its question, after those answered before. */
  messagesFor(turn) {
    const messages = [{ role: "user", content: turn.question }];
    const before = this.turns.slice(0, this.turns.indexOf(turn)).filter(({ reply }) => reply);
    let length = turn.question.length;
    for (const { question, reply } of before.slice(-MOST_TURNS_SENT).reverse()) {
      length += question.length + reply.answer.length;
      if (length > MOST_CHARACTERS_SENT) break;
      messages.unshift(
        { role: "user", content: question },
        { role: "assistant", content: reply.answer },
      );
    }
    return messages;
  }
}
