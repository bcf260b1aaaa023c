import { h, icon } from './dom.js';

/**
 * A small menu behind a button.
 * @param {string} label
 * @param {string} path
 * @param {[string, () => unknown][]} items
 */
export function menu(label, path, items) {
  const list = h(
    'div',
    { class: 'menu-list' },
    items.map(([name, run]) =>
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            box.open = false;
            void run();
          },
        },
        name,
      ),
    ),
  );
  const box = h(
    'details',
    { class: 'menu' },
    h('summary', { 'aria-label': label, title: label }, icon(path)),
    list,
  );
  box.addEventListener('focusout', (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to !== null && !box.contains(to)) box.open = false;
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') box.open = false;
  });
  return box;
}
