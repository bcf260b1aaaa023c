import type { Json } from '../platform.ts';
import { type Method, text } from './parts.ts';
import { type Command, commandKey } from './profile.ts';
import { badRequest } from './refusal.ts';

const languageOf = (values: Json): string => {
  const language = text(values, 'language_code') ?? '';
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  return language;
};

const setCommands: Method = ({ profile }, { values }) => {
  const commands = (values.commands as readonly Command[]).map(({ command, description }) => ({
    command,
    description,
  }));
  if (commands.length > 100) throw badRequest('too many commands specified');
  for (const { command } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  }
  profile.commands.set(commandKey(values.scope, languageOf(values)), commands);
  return true;
};

const setWord =
  (field: string): Method =>
  ({ profile }, { values }) => {
    profile.words.set(`${field}/${languageOf(values)}`, text(values, field) ?? '');
    return true;
  };

const getWord =
  (field: string): Method =>
  ({ profile }, { values }) => ({ [field]: profile.word(field, languageOf(values)) });

export const profileMethods: Readonly<Record<string, Method>> = {
  setMyCommands: setCommands,
  getMyCommands: ({ profile }, { values }) =>
    profile.commands.get(commandKey(values.scope, languageOf(values))) ?? [],
  deleteMyCommands: ({ profile }, { values }) => {
    profile.commands.delete(commandKey(values.scope, languageOf(values)));
    return true;
  },
  setMyName: setWord('name'),
  getMyName: getWord('name'),
  setMyDescription: setWord('description'),
  getMyDescription: getWord('description'),
  setMyShortDescription: setWord('short_description'),
  getMyShortDescription: getWord('short_description'),
  setChatMenuButton: () => true,
  getChatMenuButton: () => ({ type: 'commands' }),
};
