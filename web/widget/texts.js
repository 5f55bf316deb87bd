// What the widget says, in the languages of texts.json.

import TEXTS from "./texts.json" with { type: "json" };

/**
 * The texts in the first of the wanted languages (BCP 47 tags) that there is, else in English.
 * `say("line", { n: 3 })` is the text of that name with its {n} filled in.
 */
export function textsIn(wanted) {
  const known = wanted
    .filter(Boolean)
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((language) => Object.hasOwn(TEXTS, language));
  const language = known ?? "en";
  const say = (name, values = {}) =>
    TEXTS[language][name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
  return { language, say };
}
