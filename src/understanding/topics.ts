import type { Reading } from './reading.ts';
import type { Intent, Topic } from './understanding.ts';

/** The finer shade of a message, by its cues; null where there is none. */
export function topicOf({ has }: Reading, intent: Intent): Topic | null {
  if (has.has('self_harm')) return 'crisis_self_harm';
  if (intent === 'off_topic' || intent === 'human' || intent === 'help') {
    if (has.has('fire')) return 'crisis_fire';
    if (has.has('crime')) return 'crisis_crime';
  }
  if (has.has('quiet') && (intent === 'help' || intent === 'subscribe' || intent === 'unsubscribe'))
    return 'quiet_hours';
  if (
    (has.has('verify') || has.has('message')) &&
    (intent === 'help' || (has.has('verify') && has.has('message') && intent === 'off_topic'))
  )
    return 'verification';
  if (intent === 'privacy') return has.has('forget') ? 'forget' : has.has('mydata') ? 'mydata' : null;
  if (intent === 'subscribe' && has.has('one_shot')) return 'one_shot';
  if ((intent === 'subscribe' || intent === 'unsubscribe') && has.has('all')) return 'everything';
  if (has.has('moved') && (intent === 'status' || intent === 'alternatives')) return 'deadline';
  if (has.has('no')) return 'no';
  if (has.has('yes')) return 'yes';
  return null;
}
