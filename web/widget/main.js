// The widget: <script src="https://HOST/widget.js" defer></script> is all that a page needs.
// The server makes one script of these modules; docs/widget.md is for the owner of the page.

import { make } from "./dom.js";
import { ResumeBot } from "./element.js";

const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');

/** The widget of this page: the one there is, else the one that the script tag describes. */
function widget() {
  const { mount, ...settings } = script?.dataset ?? {};
  const place = mount ? document.querySelector(mount) : document.documentElement;
  const there = (mount && place ? place : document).querySelector("resume-bot");
  if (there || !ResumeBot.host) return there;
  if (!place) {
    console.warn(`resume-bot: nothing on the page is ${mount}`);
    return null;
  }
  const element = make("resume-bot", { "data-inline": Boolean(mount) });
  Object.assign(element.dataset, settings);
  // After the body, where neither its styles nor its replacement by the page's script reach.
  place.append(element);
  return element;
}

if (script?.src) ResumeBot.host ??= new URL(".", script.src);
if (!customElements.get("resume-bot")) {
  customElements.define("resume-bot", ResumeBot);
  window.ResumeBot = {
    open: () => widget()?.open(),
    close: () => widget()?.close(),
    ask: (question) => widget()?.ask(question),
    reset: () => widget()?.reset(),
  };
}
// When the page has nothing better to do.
const later = window.requestIdleCallback ?? setTimeout;
const start = () => later(widget, { timeout: 1000 });
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
