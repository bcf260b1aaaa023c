/**
 * An element with attributes, listeners (`onclick` …) and children. Text is always set as text.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | number | null | undefined | ((event: any) => void)>} [attributes]
 * @param {...(Node | string | null | undefined | false | readonly (Node | string | null | false)[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'value' && 'value' in element) /** @type {any} */ (element).value = String(value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) if (child) element.append(child);
  return element;
}

/**
 * A line icon drawn from a path, hidden from screen readers.
 * @param {string} path
 * @param {number} [size]
 */
export function icon(path, size = 18) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(name, String(value));
  }
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  drawn.setAttribute('d', path);
  svg.append(drawn);
  return svg;
}

export const ICONS = {
  send: 'M4 12l16-8-6 16-3-6-7-2z',
  menu: 'M4 7h16M4 12h16M4 17h10',
  attach: 'M20 11.5l-8.2 8.2a5 5 0 01-7-7l8.5-8.6a3.3 3.3 0 014.7 4.7l-8.5 8.5a1.7 1.7 0 01-2.4-2.4l7.8-7.7',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  eye: 'M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12zM12 14.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5z',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  bell: 'M6 16.5V11a6 6 0 1112 0v5.5l1.5 2h-15zM10 20.5h4',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  search: 'M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM20 20l-4.8-4.8',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
};

/**
 * Makes the children of a list match: those with the same key and signature stay, so focus and scrolling do too.
 * @template T
 * @param {HTMLElement} list
 * @param {readonly T[]} items
 * @param {(item: T) => string} key
 * @param {(item: T) => string} signature
 * @param {(item: T) => HTMLElement} draw
 */
export function reconcile(list, items, key, signature, draw) {
  const known = new Map(
    [...list.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key, child]),
  );
  const wanted = items.map((item) => {
    const old = /** @type {HTMLElement | undefined} */ (known.get(key(item)));
    if (old?.dataset.signature === signature(item)) return old;
    const fresh = draw(item);
    fresh.dataset.key = key(item);
    fresh.dataset.signature = signature(item);
    if (old !== undefined) {
      fresh.classList.add('changed');
      const focused = old.contains(document.activeElement);
      old.replaceWith(fresh);
      if (focused) {
        const next = fresh.querySelector('button') ?? fresh;
        next.setAttribute('tabindex', next === fresh ? '-1' : '0');
        next.focus();
      }
    }
    return fresh;
  });
  for (const child of [...list.children])
    if (!wanted.includes(/** @type {HTMLElement} */ (child))) child.remove();
  wanted.forEach((child, i) => {
    if (list.children[i] !== child) list.insertBefore(child, list.children[i] ?? null);
  });
}

/**
 * Draws the inside of an element anew, but only when what it shows has changed: menus stay open, focus stays.
 * @param {HTMLElement} element
 * @param {unknown} shape  everything the drawing depends on
 * @param {() => (Node | string)[]} draw
 */
export function redraw(element, shape, draw) {
  const signature = JSON.stringify(shape);
  if (element.dataset.signature === signature) return;
  element.dataset.signature = signature;
  const at = [...element.querySelectorAll('button')].indexOf(/** @type {any} */ (document.activeElement));
  element.replaceChildren(...draw());
  if (at >= 0) element.querySelectorAll('button')[at]?.focus();
}

/**
 * Keeps a log at its end while new things arrive, unless the person has scrolled up to read.
 * Returns what to call after drawing; with `true` it goes to the end whatever was being read.
 * @param {HTMLElement} log
 * @returns {(force: boolean) => void}
 */
export function stayAtEnd(log) {
  let atEnd = true;
  log.addEventListener('scroll', () => {
    if (log.clientHeight > 0) atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  });
  const settle = (/** @type {boolean} */ force) => {
    atEnd ||= force;
    if (atEnd) log.scrollTop = log.scrollHeight;
  };
  new ResizeObserver(() => settle(false)).observe(log);
  document.fonts.addEventListener('loadingdone', () => settle(false));
  return settle;
}

/** @param {number} ms */
export const clockTime = (ms) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Seoul', hour: '2-digit', minute: '2-digit' }).format(ms);
