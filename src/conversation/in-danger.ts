import type { Rule } from './message.ts';
import { namedIn } from './message.ts';

/** What somebody in danger says next is seldom a question about a service, whatever it resembles. */
const OF_NO_SERVICE: ReadonlySet<string> = new Set([
  'unknown',
  'off_topic',
  'clarify',
  'human',
  'help',
  'greeting',
  'alternatives',
]);

/** "I can't call, he will hear me": the numbers once more, and that a text message reaches them. */
export const staysInDanger: Rule = (message) => {
  const { alone, remembered } = message;
  const danger = remembered.asked;
  if (danger?.startsWith('crisis') !== true || !OF_NO_SERVICE.has(alone.intent)) return null;
  if (namedIn(message).length + alone.candidates.length > 0) return null;
  return { ...alone, topic: danger };
};
