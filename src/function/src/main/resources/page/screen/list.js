// A list of any length of which only the rows in sight are elements.

import {fill, h} from '../dom.js';

const ROW = 68; // pixels, as in style.css
const BEYOND = 6; // rows above and below those in sight

/**
 * @param row (item, index) to the children of an option
 * @param choose called with the item that was clicked or reached by arrow keys
 */
export function virtualList(label, row, choose) {
  let items = [];
  let selected = null;
  const space = h('div', {class: 'space', role: 'presentation'});
  const box = h('div', {
    class: 'list', role: 'listbox', tabIndex: 0, 'aria-label': label, onscroll: () => draw(), onkeydown: keys,
  }, space);
  new ResizeObserver(() => draw()).observe(box);

  function draw() {
    const from = Math.max(0, Math.floor(box.scrollTop / ROW) - BEYOND);
    const to = Math.min(items.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + BEYOND);
    space.style.blockSize = `${items.length * ROW}px`;
    fill(space, items.slice(from, to).map((item, i) => {
      const at = from + i;
      const option = h('div', {
        class: `row ${item.decision ?? ''}`,
        role: 'option',
        id: `option-${at}`,
        'aria-selected': String(item === selected),
        'aria-setsize': String(items.length),
        'aria-posinset': String(at + 1),
        onclick: () => choose(item),
      }, row(item, at));
      option.style.transform = `translateY(${at * ROW}px)`;
      return option;
    }));
    const at = items.indexOf(selected);
    if (at >= from && at < to) box.setAttribute('aria-activedescendant', `option-${at}`);
    else box.removeAttribute('aria-activedescendant');
  }

  function keys(event) {
    const at = items.indexOf(selected);
    const page = Math.max(1, Math.floor(box.clientHeight / ROW) - 1);
    const next = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: items.length - 1,
    }[event.key];
    if (next === undefined || items.length === 0) return;
    event.preventDefault();
    choose(items[Math.min(items.length - 1, Math.max(0, next))]);
  }

  return {
    element: box,
    draw,
    show(list) {
      items = list;
      draw();
    },
    /** Marks an item and brings it into sight. */
    select(item) {
      selected = item;
      const at = items.indexOf(item);
      if (at >= 0) {
        const top = at * ROW;
        if (top < box.scrollTop) box.scrollTop = top;
        else if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
      }
      draw();
    },
  };
}
