// What the widget says. In texts.json each text is given once in each of the languages, in order.

import TEXTS from "./texts.json" with { type: "json" };

/**
 * The texts in the first of the wanted languages (BCP 47 tags) that there is, else in English.
 * `say("line", { n: 3 })` is the text of that name with its {n} filled in.
 */
export function textsIn(wanted) {
  const known = wanted
    .map((tag) => TEXTS.languages.indexOf(tag?.toLowerCase().split("-")[0]))
    .find((index) => index >= 0);
  const index = known ?? 0;
  const say = (name, values = {}) =>
    TEXTS[name][index].replace(/\{(\w+)\}/g, (_, value) => values[value]);
  return { language: TEXTS.languages[index], say };
}
