import type { Flaw } from '../flaw.ts';
import { isObject, type Json } from '../platform.ts';

/** The rules that are not in the published types: what a message may hold. */
export function flawsOfContent(method: string, values: Json): Flaw[] {
  const flaws: Flaw[] = [];
  const text = values.text;
  if (typeof text === 'string' && method !== 'answerCallbackQuery') {
    if (text.trim() === '') flaws.push({ rule: 'content', path: 'text', detail: 'message text is empty' });
    if (!text.isWellFormed()) flaws.push({ rule: 'content', path: 'text', detail: 'strings must be UTF-8' });
    if (Array.isArray(values.entities)) flaws.push(...flawsOfEntities(text, values.entities));
  }
  if (values.parse_mode !== undefined) {
    if (values.entities !== undefined) {
      flaws.push({ rule: 'content', path: 'entities', detail: 'parse_mode and entities exclude each other' });
    }
    if (!['HTML', 'MarkdownV2', 'Markdown'].includes(String(values.parse_mode))) {
      flaws.push({ rule: 'content', path: 'parse_mode', detail: 'unsupported parse_mode' });
    }
  }
  if (isObject(values.reply_markup)) flaws.push(...flawsOfKeyboard(values.reply_markup));
  return flaws;
}

function flawsOfEntities(text: string, entities: readonly unknown[]): Flaw[] {
  const splitsPair = (at: number) => {
    const unit = text.charCodeAt(at);
    return at > 0 && unit >= 0xdc00 && unit <= 0xdfff;
  };
  return entities.flatMap((entity, i): Flaw[] => {
    if (!isObject(entity)) return [];
    const from = Number(entity.offset);
    const to = from + Number(entity.length);
    const path = `entities[${i}]`;
    if (from < 0 || to <= from || to > text.length) {
      return [{ rule: 'content', path, detail: `entity ${from}-${to} ends after the end of the text` }];
    }
    if (splitsPair(from) || splitsPair(to)) {
      return [{ rule: 'content', path, detail: 'entity begins or ends in the middle of a UTF-16 symbol' }];
    }
    if (entity.type === 'text_link' && !URL.canParse(String(entity.url))) {
      return [{ rule: 'content', path, detail: 'wrong HTTP URL' }];
    }
    return [];
  });
}

const BUTTON_KINDS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
];

function flawsOfKeyboard(markup: Json): Flaw[] {
  if (!Array.isArray(markup.inline_keyboard)) return [];
  const flaws: Flaw[] = [];
  const rows = markup.inline_keyboard.filter(Array.isArray);
  if (rows.flat().length > 100) {
    flaws.push({ rule: 'content', path: 'reply_markup', detail: 'more than 100 buttons' });
  }
  rows.forEach((row, r) => {
    const at = `reply_markup.inline_keyboard[${r}]`;
    if (row.length > 8) flaws.push({ rule: 'content', path: at, detail: 'more than 8 buttons in a row' });
    row.forEach((button: unknown, b: number) => {
      if (!isObject(button)) return;
      const path = `${at}[${b}]`;
      const kinds = BUTTON_KINDS.filter((kind) => button[kind] !== undefined);
      if (kinds.length !== 1)
        flaws.push({ rule: 'content', path, detail: 'a button has exactly one action' });
      if (String(button.text ?? '').trim() === '') {
        flaws.push({ rule: 'content', path: `${path}.text`, detail: "button text can't be empty" });
      }
      if (button.style !== undefined && !['danger', 'success', 'primary'].includes(String(button.style))) {
        flaws.push({ rule: 'content', path: `${path}.style`, detail: 'unknown button style' });
      }
    });
  });
  return flaws;
}
