import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Field, Form, FormValues, Option } from '../../card/form.ts';
import { cutTo } from '../../card/graphemes.ts';
import {
  CALLBACK_ID_CHARACTERS,
  INPUT_CHARACTERS,
  LABEL_CHARACTERS,
  OPTION_CHARACTERS,
  OPTION_VALUE_CHARACTERS,
  PLACEHOLDER_CHARACTERS,
  SELECT_OPTIONS,
  VIEW_BLOCKS,
  VIEW_TITLE_CHARACTERS,
} from './limits.ts';

/** Where a form was asked for, carried through the modal: the answer goes there. */
const Place = z.object({
  chat: z.string(),
  kind: z.enum(['private', 'group', 'channel']),
  channel: z.string(),
  thread: z.string().nullable(),
});
export type Place = z.infer<typeof Place>;

/** A form as a modal. A choice without anything to choose is left out. */
export function drawForm(form: Form, place: Place): types.ModalView {
  return {
    type: 'modal',
    callback_id: form.action.slice(0, CALLBACK_ID_CHARACTERS),
    private_metadata: JSON.stringify(place),
    title: plain(form.title, VIEW_TITLE_CHARACTERS),
    submit: plain(form.submit, VIEW_TITLE_CHARACTERS),
    close: plain(form.cancel, VIEW_TITLE_CHARACTERS),
    blocks: form.fields.filter(isAskable).slice(0, VIEW_BLOCKS).map(drawField),
  };
}

const isAskable = (field: Field): boolean =>
  field.kind === 'text' || field.options === 'search' || field.options.length > 0;

const drawField = (field: Field): types.InputBlock => ({
  type: 'input',
  block_id: field.id,
  label: plain(field.label, LABEL_CHARACTERS),
  optional: !field.required,
  element: field.kind === 'text' ? drawInput(field) : drawSelect(field),
});

const drawInput = (field: Field & { kind: 'text' }): types.PlainTextInput => ({
  type: 'plain_text_input',
  action_id: field.id,
  multiline: field.multiline,
  max_length: Math.min(field.maxLength, INPUT_CHARACTERS),
  ...(field.placeholder === '' ? {} : { placeholder: plain(field.placeholder, PLACEHOLDER_CHARACTERS) }),
  ...(field.value === '' ? {} : { initial_value: field.value.slice(0, field.maxLength) }),
});

function drawSelect(field: Field & { kind: 'choice' }): types.InputBlock['element'] {
  const common = {
    action_id: field.id,
    ...(field.placeholder === '' ? {} : { placeholder: plain(field.placeholder, PLACEHOLDER_CHARACTERS) }),
  };
  const chosen = field.chosen.slice(0, SELECT_OPTIONS).map(drawOption);
  const [first] = chosen;
  const initialMany = first === undefined ? {} : { initial_options: chosen };
  const initialOne = first === undefined ? {} : { initial_option: first };
  if (field.options === 'search')
    return field.many
      ? { type: 'multi_external_select', ...common, ...initialMany, min_query_length: 1 }
      : { type: 'external_select', ...common, ...initialOne, min_query_length: 1 };
  const options = field.options.slice(0, SELECT_OPTIONS).map(drawOption);
  return field.many
    ? { type: 'multi_static_select', ...common, ...initialMany, options }
    : { type: 'static_select', ...common, ...initialOne, options };
}

/** An option of a select, within its limits. */
export const drawOption = ({ value, label }: Option): types.PlainTextOption => ({
  text: plain(label, OPTION_CHARACTERS),
  value: value.slice(0, OPTION_VALUE_CHARACTERS),
});

const plain = (text: string, most: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: cutTo(text, most),
  emoji: false,
});

const Chosen = z.object({ value: z.string() });
const State = z.object({
  values: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        value: z.string().nullish(),
        selected_option: Chosen.nullish(),
        selected_options: z.array(Chosen).nullish(),
      }),
    ),
  ),
});

/** What was filled in: for each field the text or the chosen values; an empty list for nothing. */
export function readForm(state: unknown): FormValues {
  const parsed = State.safeParse(state).data;
  const values: Record<string, readonly string[]> = {};
  for (const elements of Object.values(parsed?.values ?? {}))
    for (const [field, given] of Object.entries(elements)) {
      const one = given.value ?? given.selected_option?.value;
      const many = given.selected_options?.map((option) => option.value);
      values[field] = many ?? (one === undefined || one === '' ? [] : [one]);
    }
  return values;
}

/** Null when the modal is not ours, or of a version that wrote it otherwise. */
export function readPlace(metadata: string): Place | null {
  try {
    return Place.parse(JSON.parse(metadata));
  } catch {
    return null;
  }
}
