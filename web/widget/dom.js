// Elements made by hand. Whatever comes from the résumé or the visitor is set as text, never as
// markup, so nothing in it can run, on a page that demands Trusted Types too.

/** An element with attributes and children; strings become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const ICONS = {
  chat: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 12.5h5",
  close: "M6 6l12 12M18 6 6 18",
  again: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3v4.5H15",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  back: "M19 12H5M11 6l-6 6 6 6",
  forth: "M5 12h14M13 6l6 6-6 6",
  out: "M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  done: "M5 12.5l4.5 4.5L19 7",
  thumb: "M7 11v9H4v-9zM7 11l4-8a2.5 2.5 0 0 1 2.5 2.5V9H19a1.8 1.8 0 0 1 1.8 2.1l-1.1 7A2.2 2.2 0 0 1 17.5 20H7",
};

/** A drawing beside or instead of words; it says nothing by itself. */
export function icon(name) {
  const [svg, path] = ["svg", "path"].map((tag) =>
    document.createElementNS("http://www.w3.org/2000/svg", tag),
  );
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A square button that shows a drawing and is called by words. */
export function iconButton(label, name, onclick, attributes = {}) {
  return make(
    "button",
    { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...attributes },
    icon(name),
  );
}

/** Scroll `box` until `element` is in it; scrollIntoView would move the page as well. */
export function reveal(box, element, where = "end") {
  const outer = box.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  if (where === "center") {
    box.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
  } else {
    box.scrollTop += Math.max(0, inner.bottom - outer.bottom + 12);
  }
}
