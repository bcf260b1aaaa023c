import { isObject, type Json } from '../platform.ts';
import { flawsOfView } from './block-kit.ts';
import type { Dispatch } from './courier.ts';
import { flawsOfOptions } from './elements.ts';
import { interactive } from './envelopes.ts';
import { actionOf, elementsIn, type Filled, inputValue, named, stateOf, unfilled } from './inputs.ts';
import { blocksOf, type Parts } from './parts.ts';
import { noteView, replaceView } from './view-methods.ts';
import { viewOnWire } from './wire.ts';
import type { View } from './world.ts';

export interface Suggestion {
  readonly value: string;
  readonly label: string;
}

const REQUIRED = { ko: '필수 항목입니다.', en: 'This field is required.' };
const SILENT = { ko: '앱이 응답하지 않았습니다. 다시 시도하세요.', en: 'The app did not answer. Try again.' };

/** What a person does with open modals: fill in, search, submit, close. */
export class SlackModals {
  /** Labels of options the app offered in searches. */
  readonly offered = new Map<string, string>();
  readonly #parts: Parts;
  readonly #dispatch: Dispatch;

  constructor(parts: Parts, dispatch: Dispatch) {
    this.#parts = parts;
    this.#dispatch = dispatch;
  }

  /** The topmost modal of a person. */
  top(person: string): View | null {
    return this.#parts.world.modals.get(person)?.at(-1) ?? null;
  }

  /**
   * Submits the topmost modal. Resolves when the app answered; the modal then is closed, replaced, or shows errors.
   * @throws when no modal is open
   */
  async submit(person: string, filled: Filled): Promise<void> {
    const view = this.#need(person);
    const blocks = blocksOf(view.json);
    const state = stateOf(blocks, filled, this.offered);
    const language = this.#parts.world.people.get(person)?.language ?? 'en';
    const empty = unfilled(blocks, state);
    if (empty.length > 0) {
      this.#swap(view, { ...view, errors: Object.fromEntries(empty.map((id) => [id, REQUIRED[language]])) });
      return;
    }
    const answer = await this.#dispatch.ask({
      kind: 'interactive',
      payload: {
        ...interactive(this.#parts.world, 'view_submission', person),
        trigger_id: this.#parts.world.trigger(person),
        view: viewOnWire(this.#parts.world, view, state),
        response_urls: [],
      },
    });
    if (answer === null) {
      const first = String(blocks.find((block) => block.type === 'input')?.block_id ?? 'b0');
      this.#swap(view, { ...view, errors: { [first]: SILENT[language] } });
      return;
    }
    this.#respond(view, isObject(answer.body) ? answer.body : {}, state);
  }

  /** Closes the topmost modal, as the person does by its cross. */
  async close(person: string): Promise<void> {
    const view = this.#need(person);
    this.#pop(person);
    if (view.json.notify_on_close !== true) return;
    await this.#dispatch.ask({
      kind: 'interactive',
      payload: {
        ...interactive(this.#parts.world, 'view_closed', person),
        view: viewOnWire(this.#parts.world, view),
        is_cleared: false,
      },
    });
  }

  /** Presses a button inside the topmost modal, with what is filled in so far. */
  async press(person: string, button: string, filled: Filled = {}): Promise<void> {
    await this.pressIn(this.#need(person), button, filled);
  }

  async pressIn(view: View, button: string, filled: Filled): Promise<void> {
    const blocks = blocksOf(view.json);
    const found = elementsIn(blocks).find(({ element }) => named(element, button));
    if (found === undefined) throw new Error(`no button "${button}" in the view`);
    await this.#act(view, filled, actionOf(found.block, found.element));
  }

  /** Chooses in a menu of a view that tells the app at once (an actions block, or dispatch_action). */
  async choose(
    view: View,
    actionId: string,
    values: string | readonly string[],
    filled: Filled = {},
  ): Promise<void> {
    const found = elementsIn(blocksOf(view.json)).find(({ element }) => element.action_id === actionId);
    if (found === undefined) throw new Error(`nothing called "${actionId}" in the view`);
    await this.#act(
      view,
      { ...filled, [actionId]: values },
      {
        action_id: actionId,
        block_id: found.block,
        ...inputValue(found.element, values, this.offered),
      },
    );
  }

  /** Types into a search field of the topmost modal; the app's options come back. */
  async suggest(person: string, actionId: string, typed: string): Promise<readonly Suggestion[]> {
    const view = this.top(person) ?? this.#parts.world.homes.get(person) ?? null;
    const found = elementsIn(blocksOf(view?.json ?? {})).find(
      ({ element }) => element.action_id === actionId,
    );
    if (view === null || found === undefined) throw new Error(`no search field "${actionId}" is open`);
    const answer = await this.#dispatch.ask({
      kind: 'interactive',
      payload: {
        ...interactive(this.#parts.world, 'block_suggestion', person),
        action_id: actionId,
        block_id: found.block,
        value: typed,
        container: { type: 'view', view_id: view.id },
        view: viewOnWire(this.#parts.world, view),
      },
    });
    const body = isObject(answer?.body) ? answer.body : {};
    const options = Array.isArray(body.options) ? body.options.filter(isObject) : [];
    if (options.length > 0) this.#complain('block_suggestion', flawsOfOptions(options, '/options', 'select'));
    return options.map((option) => {
      const label = isObject(option.text) ? String(option.text.text) : '';
      this.offered.set(String(option.value), label);
      return { value: String(option.value), label };
    });
  }

  /** What the app answered to a submission. */
  #respond(view: View, answer: Json, state: Json): void {
    switch (answer.response_action) {
      case 'errors': {
        const errors = isObject(answer.errors) ? answer.errors : {};
        const known = Object.keys(state);
        for (const block of Object.keys(errors)) {
          if (!known.includes(block)) {
            this.#complain('view_submission', [{ rule: 'content', path: block, detail: 'no such block' }]);
          }
        }
        const said = Object.fromEntries(Object.entries(errors).map(([id, word]) => [id, String(word)]));
        this.#swap(view, { ...view, errors: said });
        return;
      }
      case 'update':
      case 'push': {
        this.#complain('view_submission', flawsOfView(answer.view, ['modal']));
        const json = isObject(answer.view) ? answer.view : {};
        if (answer.response_action === 'update') {
          const next = replaceView(this.#parts, view, json);
          this.#swap(view, next);
          noteView(this.#parts, next, 'modal');
        } else {
          const next = this.#parts.world.view(view.person, json, { under: view });
          this.#set(view.person, [...(this.#parts.world.modals.get(view.person) ?? []), next]);
          noteView(this.#parts, next, 'modal');
        }
        return;
      }
      case 'clear':
        this.#set(view.person, []);
        return;
      default:
        this.#pop(view.person);
    }
  }

  async #act(view: View, filled: Filled, action: Json): Promise<void> {
    const { world } = this.#parts;
    await this.#dispatch.ask({
      kind: 'interactive',
      payload: {
        ...interactive(this.#parts.world, 'block_actions', view.person),
        container: { type: 'view', view_id: view.id },
        trigger_id: world.trigger(view.person),
        view: viewOnWire(world, view, stateOf(blocksOf(view.json), filled, this.offered)),
        actions: [{ ...action, action_ts: world.ts() }],
      },
    });
  }

  #complain(method: string, flaws: readonly { rule: string; path: string; detail: string }[]): void {
    for (const { rule, path, detail } of flaws) {
      this.#parts.violations.add('slack', method, rule, `${path}: ${detail}`);
    }
  }

  #need(person: string): View {
    const view = this.top(person);
    if (view === null) throw new Error(`${person} has no modal open`);
    return view;
  }

  #swap(old: View, next: View): void {
    const stack = this.#parts.world.modals.get(old.person) ?? [];
    this.#set(
      old.person,
      stack.map((view) => (view.id === old.id ? next : view)),
    );
  }

  #pop(person: string): void {
    this.#set(person, (this.#parts.world.modals.get(person) ?? []).slice(0, -1));
  }

  #set(person: string, stack: View[]): void {
    this.#parts.world.modals.set(person, stack);
    this.#parts.changes.tell({ kind: 'person', platform: 'slack', id: person });
  }
}
