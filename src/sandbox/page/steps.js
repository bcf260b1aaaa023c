/** @import { State } from './state.js' */
import { h, ICONS, icon } from './dom.js';
import { say } from './words.js';

/**
 * What to try first; each step is ticked when it was done, and does the preparation when pressed.
 * @typedef {{ label: () => string, done: () => boolean, run: () => void }} Step
 * @param {State} state
 * @param {HTMLElement} strip
 * @param {readonly Step[]} steps
 */
export function stepStrip(state, strip, steps) {
  const ticked = steps.map(() => false);
  let drawn = '';
  const draw = () => {
    steps.forEach((step, i) => {
      ticked[i] ||= step.done();
    });
    const next = ticked.indexOf(false);
    const shape = JSON.stringify([ticked, say('steps')]);
    if (shape === drawn) return;
    drawn = shape;
    strip.replaceChildren(
      h('strong', { class: 'steps-title' }, say('steps')),
      h(
        'ol',
        {},
        steps.map((step, i) =>
          h(
            'li',
            { class: ticked[i] ? 'done' : i === next ? 'next' : '' },
            h(
              'button',
              { type: 'button', 'aria-current': i === next ? 'step' : null, onclick: () => step.run() },
              h(
                'span',
                { class: 'step-mark', 'aria-hidden': 'true' },
                ticked[i] ? icon(ICONS.check, 12) : String(i + 1),
              ),
              h('span', {}, step.label()),
              ticked[i] ? h('span', { class: 'unseen' }, say('done')) : null,
            ),
          ),
        ),
      ),
    );
  };
  state.listen(draw);
  draw();
}
