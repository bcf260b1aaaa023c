import { isObject, type Json } from '../platform.ts';

/** What a person filled in: by action id or block id, a text or the values chosen. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** Every element of a view or message that has an action id, with the block it stands in. */
export function elementsIn(blocks: readonly Json[]): { block: string; element: Json }[] {
  return blocks.flatMap((block, i) =>
    [block.element, block.accessory, ...(Array.isArray(block.elements) ? block.elements : [])]
      .filter(isObject)
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ block: String(block.block_id ?? `b${i}`), element })),
  );
}

/** The state of a view's inputs: what was filled in, else what was there to begin with. */
export function stateOf(blocks: readonly Json[], filled: Filled, labels: Labels): Json {
  const state: Record<string, Json> = {};
  for (const { block, element } of elementsIn(blocks)) {
    if (element.type === 'button') continue;
    const action = String(element.action_id);
    const value = inputValue(element, filled[action] ?? filled[block], labels);
    state[block] = { ...state[block], [action]: value };
  }
  return state;
}

/** Labels of options the app offered in a search, by value. */
export type Labels = ReadonlyMap<string, string>;

const option = (element: Json, value: string, labels: Labels): Json => {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  const known = [element.options, ...groups.map((group) => group.options), element.initial_options]
    .flat()
    .concat(element.initial_option)
    .filter(isObject)
    .find((offered) => offered.value === value);
  return known ?? { text: { type: 'plain_text', text: labels.get(value) ?? value, emoji: true }, value };
};

/** One input's entry in the state, in the shape its kind has. */
export function inputValue(
  element: Json,
  given: string | readonly string[] | undefined,
  labels: Labels,
): Json {
  const type = String(element.type);
  const many = given === undefined ? null : typeof given === 'string' ? [given] : [...given];
  if (type === 'plain_text_input') {
    const value = many?.[0] ?? element.initial_value ?? null;
    return { type, value: value === '' ? null : value };
  }
  if (type.startsWith('multi_') || type === 'checkboxes') {
    const initial = Array.isArray(element.initial_options) ? element.initial_options : [];
    return { type, selected_options: many?.map((value) => option(element, value, labels)) ?? initial };
  }
  if (type.endsWith('_select') || type === 'radio_buttons' || type === 'overflow') {
    const [first] = many ?? [];
    const initial = element.initial_option ?? null;
    return { type, selected_option: many === null ? initial : first ? option(element, first, labels) : null };
  }
  const field = { datepicker: 'selected_date', timepicker: 'selected_time' }[type] ?? 'value';
  return { type, [field]: many?.[0] ?? null };
}

/** Input blocks that must be filled in and are not: Slack itself says so, before the app is asked. */
export function unfilled(blocks: readonly Json[], state: Json): string[] {
  return blocks.flatMap((block, i) => {
    if (block.type !== 'input' || block.optional === true || !isObject(block.element)) return [];
    const id = String(block.block_id ?? `b${i}`);
    const entry = isObject(state[id]) ? state[id][String(block.element.action_id)] : null;
    if (!isObject(entry)) return [id];
    const given =
      entry.value ?? entry.selected_option ?? entry.selected_options ?? entry.selected_date ?? null;
    return given === null || (Array.isArray(given) && given.length === 0) ? [id] : [];
  });
}

/** Whether a button is meant by its label, action id or value. */
export function named(element: Json, button: string): boolean {
  const label = isObject(element.text) ? element.text.text : null;
  return element.type === 'button' && [label, element.action_id, element.value].includes(button);
}

/** The action a press makes. */
export const actionOf = (block: string, element: Json): Json => ({
  type: element.type,
  action_id: element.action_id,
  block_id: block,
  text: element.text,
  ...(element.value === undefined ? {} : { value: element.value }),
});
