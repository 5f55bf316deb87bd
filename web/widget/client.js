// The bot's server, as the widget sees it.

const TIMEOUT = 45_000; // milliseconds for a whole reply
const EVENTS = "text/event-stream";
const JSON_TYPE = "application/json";

/**
 * Why there is no reply. `kind` names a text for the visitor, unless the server's own words are
 * in `message`; `seconds` is how long to wait before another try.
 */
export class Failure extends Error {
  constructor(kind, { message = "", seconds = 0 } = {}) {
    super(message);
    this.kind = kind;
    this.seconds = seconds;
  }
}

export class Client {
  #host;

  /** `host` is the address of the server, with a "/" at its end. */
  constructor(host) {
    this.#host = host;
  }

  /** The address of a path that the server wrote from its own root, as in a citation's `url`. */
  address(path) {
    return new URL(path.replace(/^\//, ""), this.#host);
  }

  /** Whom the bot answers about. */
  async about() {
    return (await this.#fetch("about")).json();
  }

  /**
   * The reply to the last message; `onText` gets its answer so far. Where the stream can't be
   * had or breaks off, the reply is fetched in one piece.
   */
  async reply(messages, stop, onText) {
    const signal = AbortSignal.any
      ? AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT)])
      : stop;
    const ask = (accept) =>
      this.#fetch("chat", {
        method: "POST",
        headers: { "Content-Type": JSON_TYPE, Accept: accept },
        body: JSON.stringify({ messages }),
        signal,
      });
    const canStream = "TextDecoderStream" in globalThis;
    const response = await ask(canStream ? `${EVENTS}, ${JSON_TYPE};q=0.5` : JSON_TYPE);
    if (!response.headers.get("content-type")?.startsWith(EVENTS)) return response.json();
    try {
      let text = "";
      for await (const { event, data } of serverSentEvents(response.body)) {
        if (event === "delta") onText((text += data.text));
        else if (event === "reply") return data;
        else if (event === "error") throw new Failure("failed");
      }
    } catch (error) {
      if (signal.aborted || error instanceof Failure) throw error;
    }
    return (await ask(JSON_TYPE)).json();
  }

  /** Say whether a reply helped. False if the server takes no feedback. */
  async feedback(feedback) {
    try {
      await this.#fetch("feedback", {
        method: "POST",
        headers: { "Content-Type": JSON_TYPE },
        body: JSON.stringify(feedback),
      });
      return true;
    } catch (error) {
      if (error.status === 404 || error.status === 405) return false;
      throw error;
    }
  }

  /**
   * The page of the résumé, as a document in which nothing runs. (An XMLHttpRequest parses it
   * where the page's policy demands Trusted Types too.)
   */
  page(url) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("GET", url);
      request.responseType = "document";
      request.timeout = TIMEOUT;
      request.onload = () =>
        request.status === 200 && request.response
          ? resolve(request.response)
          : reject(new Failure("failed"));
      request.onerror = request.ontimeout = () => reject(new Failure("unreachable"));
      request.send();
    });
  }

  async #fetch(path, options) {
    let response;
    try {
      response = await fetch(new URL(path, this.#host), options);
    } catch (error) {
      throw failureOf(error);
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

/** The failure that something thrown amounts to. */
export function failureOf(error) {
  if (error instanceof Failure) return error;
  if (error?.name === "TimeoutError") return new Failure("slow");
  if (error?.name === "AbortError") return new Failure("stopped");
  if (error instanceof SyntaxError) return new Failure("failed");
  return new Failure(navigator.onLine ? "unreachable" : "offline");
}

async function refusal(response) {
  const { status } = response;
  const seconds = Number(response.headers.get("retry-after")) || 0;
  const kind = { 429: "busy", 502: "unreachable", 503: "starting", 504: "slow" }[status] ?? "failed";
  // What is wrong with a question only the server can say.
  const says = status < 500 && status !== 429;
  const { detail = "" } = says ? await response.json().catch(() => ({})) : {};
  return Object.assign(new Failure(kind, { message: detail, seconds }), { status });
}

async function* serverSentEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split(/\r?\n\r?\n/);
    buffer = blocks.pop();
    for (const block of blocks) {
      const fields = { event: "message", data: "" };
      for (const line of block.split(/\r?\n/)) {
        const [, name, content] = /^(event|data): ?(.*)$/.exec(line) ?? [];
        if (name) fields[name] = content;
      }
      if (fields.data) yield { event: fields.event, data: JSON.parse(fields.data) };
    }
  }
}
