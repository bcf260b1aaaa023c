import type { Flaw } from '../flaw.ts';
import { isObject, type Json } from '../platform.ts';
import { flawsOfElement } from './elements.ts';
import { bounds, flaw, flawsOfList, flawsOfString, flawsOfText, unknown } from './kit-rules.ts';

type Surface = 'message' | 'modal' | 'home';
type BlockRule = (block: Json, path: string, surface: Surface) => Flaw[];

const elementsOf = (block: Json, path: string, allowed: (type: string) => boolean): Flaw[] =>
  (Array.isArray(block.elements) ? block.elements : []).flatMap((element: unknown, i: number) =>
    flawsOfElement(element, `${path}/elements/${i}`, allowed),
  );

const section: BlockRule = (block, path) => {
  const { text, fields, accessory } = block;
  if (text === undefined && fields === undefined) return flaw('missing', path, 'text or fields is needed');
  const { item_max_length, ...count } = bounds('section', 'fields');
  return [
    ...(text === undefined ? [] : flawsOfText(text, `${path}/text`, bounds('section', 'text'), false)),
    ...(fields === undefined
      ? []
      : [
          ...flawsOfList(fields, `${path}/fields`, count, 'fields'),
          ...(Array.isArray(fields) ? fields : []).flatMap((field: unknown, i: number) =>
            flawsOfText(field, `${path}/fields/${i}`, { max_length: item_max_length ?? 2000 }, false),
          ),
        ]),
    ...(accessory === undefined ? [] : flawsOfElement(accessory, `${path}/accessory`, () => true)),
    ...unknown(block, path, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand']),
  ];
};

const input: BlockRule = (block, path, surface) => [
  ...(surface === 'message' ? flaw('content', path, 'an input block needs a modal or the App Home') : []),
  ...flawsOfText(block.label, `${path}/label`, bounds('input', 'label'), true),
  ...(block.hint === undefined ? [] : flawsOfText(block.hint, `${path}/hint`, bounds('input', 'hint'), true)),
  ...flawsOfElement(block.element, `${path}/element`, (type) => type !== 'button' && type !== 'overflow'),
  ...unknown(block, path, ['type', 'block_id', 'label', 'hint', 'element', 'optional', 'dispatch_action']),
];

const rules: Readonly<Record<string, BlockRule>> = {
  section,
  input,
  header: (block, path) => [
    ...flawsOfText(block.text, `${path}/text`, bounds('header', 'text'), true),
    ...unknown(block, path, ['type', 'block_id', 'text']),
  ],
  divider: (block, path) => unknown(block, path, ['type', 'block_id']),
  actions: (block, path) => [
    ...flawsOfList(block.elements, `${path}/elements`, bounds('actions', 'elements'), 'items'),
    ...elementsOf(block, path, (type) => !type.includes('input')),
    ...unknown(block, path, ['type', 'block_id', 'elements']),
  ],
  context: (block, path) => [
    ...flawsOfList(block.elements, `${path}/elements`, bounds('context', 'elements'), 'items'),
    ...elementsOf(block, path, (type) => ['mrkdwn', 'plain_text', 'image'].includes(type)),
    ...unknown(block, path, ['type', 'block_id', 'elements']),
  ],
  image: (block, path) => [
    ...flawsOfString(block.alt_text, `${path}/alt_text`, bounds('image', 'alt_text')),
    ...flawsOfString(block.image_url, `${path}/image_url`, bounds('image', 'image_url'), false),
  ],
  markdown: (block, path) => flawsOfString(block.text, `${path}/text`, bounds('markdown', 'text')),
};

/** Block types that Slack knows and this bot has no use for: taken as they are. */
const TAKEN_AS_IS = ['rich_text', 'video', 'file', 'table', 'alert', 'card', 'carousel', 'container', 'plan'];
const ALSO_TAKEN = ['task_card', 'data_table', 'data_visualization', 'context_actions'];

/** Everything wrong with the blocks of a message, modal or App Home. */
export function flawsOfBlocks(blocks: unknown, path: string, surface: Surface): Flaw[] {
  if (!Array.isArray(blocks)) return flaw('type', path, 'must be an array of blocks');
  const most = surface === 'message' ? 50 : (bounds('view', 'blocks').max_items ?? 100);
  const ids = blocks.flatMap((block: unknown) => (isObject(block) && block.block_id ? [block.block_id] : []));
  return [
    ...(blocks.length > most
      ? flaw('length', path, `no more than ${most} blocks, got ${blocks.length}`)
      : []),
    ...(new Set(ids).size < ids.length ? flaw('content', path, '`block_id` must be unique') : []),
    ...blocks.flatMap((block: unknown, i: number) => flawsOfBlock(block, `${path}/${i}`, surface)),
  ];
}

function flawsOfBlock(block: unknown, path: string, surface: Surface): Flaw[] {
  if (!isObject(block)) return flaw('type', path, 'must be a block');
  const type = String(block.type);
  const rule = rules[type];
  if (rule === undefined) {
    return [...TAKEN_AS_IS, ...ALSO_TAKEN].includes(type)
      ? []
      : flaw('content', `${path}/type`, `unsupported type: ${type}`);
  }
  return [
    ...rule(block, path, surface),
    ...flawsOfString(block.block_id, `${path}/block_id`, bounds('block_id'), false),
  ];
}

/** Everything wrong with a modal or an App Home. */
export function flawsOfView(view: unknown, surfaces: readonly string[]): Flaw[] {
  if (!isObject(view)) return flaw('type', '/view', 'must be a view');
  const type = String(view.type);
  if (!surfaces.includes(type)) return flaw('content', '/view/type', `must be ${surfaces.join(' or ')}`);
  const text = (part: string, required: boolean) =>
    view[part] === undefined && !required
      ? []
      : flawsOfText(view[part], `/view/${part}`, bounds('view', part), true);
  const blocks = Array.isArray(view.blocks) ? view.blocks.filter(isObject) : [];
  const asks = blocks.some((block) => block.type === 'input');
  return [
    ...flawsOfBlocks(view.blocks, '/view/blocks', type === 'home' ? 'home' : 'modal'),
    ...(type === 'modal' ? [...text('title', true), ...text('submit', asks), ...text('close', false)] : []),
    ...flawsOfString(
      view.private_metadata,
      '/view/private_metadata',
      bounds('view', 'private_metadata'),
      false,
    ),
    ...flawsOfString(view.callback_id, '/view/callback_id', bounds('view', 'callback_id'), false),
    ...unknown(view, '/view', [
      'type',
      'blocks',
      'private_metadata',
      'callback_id',
      'external_id',
      ...(type === 'modal'
        ? ['title', 'submit', 'close', 'clear_on_close', 'notify_on_close', 'submit_disabled']
        : []),
    ]),
  ];
}

/** All text of blocks, as a reader sees it, a line a piece. */
export function textOfBlocks(blocks: readonly unknown[]): string {
  const lines: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (isObject(value)) {
      if (
        typeof value.text === 'string' &&
        ['mrkdwn', 'plain_text', 'text', 'markdown'].includes(String(value.type))
      ) {
        lines.push(value.text);
        return;
      }
      for (const key of ['text', 'fields', 'elements', 'label', 'element', 'accessory']) walk(value[key]);
    }
  };
  for (const block of blocks) if (isObject(block) && block.type !== 'actions') walk(block);
  return lines.join('\n');
}
