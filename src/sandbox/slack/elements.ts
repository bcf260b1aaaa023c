import type { Flaw } from '../flaw.ts';
import { isObject, type Json } from '../platform.ts';
import { bounds, flawsOfList, flawsOfString, flawsOfText, unknown } from './kit-rules.ts';

const COMMON = ['type', 'action_id', 'confirm', 'focus_on_load', 'placeholder'];

/** Everything wrong with an element: button, select, input … */
export function flawsOfElement(element: unknown, path: string, allowed: (type: string) => boolean): Flaw[] {
  if (!isObject(element)) return [{ rule: 'missing', path, detail: 'must be an element' }];
  const type = String(element.type);
  if (!allowed(type)) return [{ rule: 'content', path, detail: `unsupported element: ${type}` }];
  if (type === 'mrkdwn' || type === 'plain_text') return flawsOfText(element, path, bounds('text'), false);
  if (type === 'image')
    return flawsOfString(element.alt_text, `${path}/alt_text`, bounds('image', 'alt_text'));
  const shared = [
    ...flawsOfString(
      element.action_id,
      `${path}/action_id`,
      { min_length: 1, ...bounds('action_id') },
      false,
    ),
    ...flawsOfConfirm(element.confirm, `${path}/confirm`),
    ...(element.placeholder === undefined
      ? []
      : flawsOfText(element.placeholder, `${path}/placeholder`, bounds('select', 'placeholder'), true)),
  ];
  const rule = rules[type];
  if (rule === undefined) {
    return OTHERS.includes(type) ? shared : [{ rule: 'content', path, detail: `unknown element: ${type}` }];
  }
  return [...shared, ...rule(element, path)];
}

const OTHERS = [
  'datepicker',
  'datetimepicker',
  'timepicker',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
  'users_select',
  'multi_users_select',
  'conversations_select',
  'multi_conversations_select',
  'channels_select',
  'multi_channels_select',
  'workflow_button',
  'feedback_buttons',
  'icon_button',
  'url',
];

type ElementRule = (element: Json, path: string) => Flaw[];

const button: ElementRule = (element, path) => [
  ...flawsOfText(element.text, `${path}/text`, bounds('button', 'text'), true),
  ...flawsOfString(element.value, `${path}/value`, bounds('button', 'value'), false),
  ...flawsOfString(element.url, `${path}/url`, bounds('button', 'url'), false),
  ...flawsOfString(
    element.accessibility_label,
    `${path}/accessibility_label`,
    bounds('button', 'accessibility_label'),
    false,
  ),
  ...(element.style === undefined || ['primary', 'danger'].includes(String(element.style))
    ? []
    : [{ rule: 'content' as const, path: `${path}/style`, detail: 'must be primary or danger' }]),
  ...unknown(element, path, [...COMMON, 'text', 'value', 'url', 'style', 'accessibility_label']),
];

const options =
  (name: string): ElementRule =>
  (element, path) => {
    if (element.options === undefined && Array.isArray(element.option_groups)) {
      return element.option_groups.flatMap((group: unknown, i: number) =>
        isObject(group)
          ? [
              ...flawsOfText(
                group.label,
                `${path}/option_groups/${i}/label`,
                bounds('option_group', 'label'),
                true,
              ),
              ...flawsOfOptions(group.options, `${path}/option_groups/${i}/options`, 'option_group'),
            ]
          : [],
      );
    }
    return flawsOfOptions(element.options, `${path}/options`, name);
  };

/** Also the answer to a block_suggestion is checked with this. */
export function flawsOfOptions(value: unknown, path: string, of: string): Flaw[] {
  return [
    ...flawsOfList(value, path, bounds(of, 'options'), 'options'),
    ...(Array.isArray(value) ? value : []).flatMap((option: unknown, i: number) =>
      isObject(option)
        ? flawsOfOption(option, `${path}/${i}`)
        : [{ rule: 'type' as const, path, detail: 'must be an option' }],
    ),
  ];
}

const flawsOfOption: ElementRule = (option, path) => [
  ...flawsOfText(option.text, `${path}/text`, bounds('option', 'text'), false),
  ...flawsOfString(option.value, `${path}/value`, { min_length: 1, ...bounds('option', 'value') }),
  ...(option.description === undefined
    ? []
    : flawsOfText(option.description, `${path}/description`, bounds('option', 'description'), false)),
  ...unknown(option, path, ['text', 'value', 'description', 'url']),
];

const select: ElementRule = (element, path) => options('select')(element, path);
const chosen: ElementRule = (element, path) =>
  [
    ...(Array.isArray(element.initial_options) ? element.initial_options : []),
    ...(element.initial_option === undefined ? [] : [element.initial_option]),
  ].flatMap((option: unknown, i) => (isObject(option) ? flawsOfOption(option, `${path}/initial/${i}`) : []));

/** An initial option that is not offered is refused by Slack. */
const offered: ElementRule = (element, path) => {
  const given = Array.isArray(element.options) ? element.options.filter(isObject) : null;
  const initial = [
    element.initial_option,
    ...(Array.isArray(element.initial_options) ? element.initial_options : []),
  ];
  if (given === null) return [];
  return initial
    .filter(isObject)
    .flatMap((option) =>
      given.some((other) => other.value === option.value)
        ? []
        : [{ rule: 'content' as const, path, detail: 'the initial option is not among the options' }],
    );
};

const rules: Readonly<Record<string, ElementRule>> = {
  button,
  static_select: (element, path) => [
    ...select(element, path),
    ...chosen(element, path),
    ...offered(element, path),
  ],
  multi_static_select: (element, path) => [
    ...select(element, path),
    ...chosen(element, path),
    ...offered(element, path),
  ],
  external_select: chosen,
  multi_external_select: chosen,
  overflow: options('overflow'),
  radio_buttons: (element, path) => [...options('radio_buttons')(element, path), ...offered(element, path)],
  checkboxes: (element, path) => [...options('checkboxes')(element, path), ...offered(element, path)],
  plain_text_input: (element, path) => {
    const most = element.max_length;
    return typeof most === 'number' && (most < 1 || most > 3000)
      ? [{ rule: 'length', path: `${path}/max_length`, detail: 'must be between 1 and 3000' }]
      : [];
  },
};

function flawsOfConfirm(confirm: unknown, path: string): Flaw[] {
  if (confirm === undefined) return [];
  if (!isObject(confirm)) return [{ rule: 'type', path, detail: 'must be a confirmation' }];
  return ['title', 'text', 'confirm', 'deny'].flatMap((part) =>
    confirm[part] === undefined
      ? []
      : flawsOfText(confirm[part], `${path}/${part}`, bounds('confirmation', part), part !== 'text'),
  );
}
