// Elements. Texts become text nodes, never markup: nothing that a file or the model says can run or style anything.

/**
 * Makes an element. Properties that begin with "on" are listeners, "class" and attributes with a dash are attributes,
 * null and false leave a property out; children are nodes, texts, or lists of them.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class' || name.includes('-') || !(name in element)) {
      element.setAttribute(name, value === true ? '' : value);
    } else element[name] = value;
  }
  append(element, children);
  return element;
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

let ids = 0;

/** A label above a control; the control gets an id if it has none. */
export function field(text, control, hint = null) {
  control.id ||= `field-${ids += 1}`;
  const hintId = `${control.id}-hint`;
  if (hint) control.setAttribute('aria-describedby', hintId);
  return h('div', {class: 'field'},
    h('label', {for: control.id}, text),
    control,
    hint && h('p', {class: 'hint', id: hintId}, hint));
}

/** A button that never submits a form. */
export function button(text, onclick, properties = {}) {
  return h('button', {type: 'button', onclick, ...properties}, text);
}

/** Gives the browser a file to save. */
export function save(name, type, parts) {
  const url = URL.createObjectURL(new Blob(parts, {type}));
  const link = h('a', {href: url, download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
