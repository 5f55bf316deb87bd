// The widget: <script src="https://HOST/widget.js" defer></script> is all that a page needs.
// The server makes one script of these modules; docs/widget.md is for the owner of the page.

import { make } from "./dom.js";
import { ResumeBot } from "./element.js";

const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');

/** Put the widget that the script tag describes on the page, unless there is one. */
function mount() {
  const { mount: selector, ...settings } = script?.dataset ?? {};
  const place = selector ? document.querySelector(selector) : document.documentElement;
  if (!place) {
    console.warn(`resume-bot: nothing on the page is ${selector}`);
  } else if (!(selector ? place : document).querySelector("resume-bot")) {
    const element = make("resume-bot", { "data-inline": Boolean(selector) });
    Object.assign(element.dataset, settings);
    // After the body, where neither its styles nor its replacement by the page's script reach.
    place.append(element);
  }
}

if (!customElements.get("resume-bot")) {
  ResumeBot.host = script?.src ?? null;
  customElements.define("resume-bot", ResumeBot);
  const first = () => document.querySelector("resume-bot");
  window.ResumeBot = {
    open: () => first()?.open(),
    close: () => first()?.close(),
    ask: (question) => first()?.ask(question),
    reset: () => first()?.reset(),
  };
}
if (script) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
  else mount();
}
