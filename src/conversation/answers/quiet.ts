import { card } from '../../card/card.ts';
import { changeSettings } from '../../operations/chats.ts';
import { ask } from '../buttons.ts';
import { refusal } from '../permission.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered } from '../visit.ts';

const OFFERED = ['21:00-08:00', '22:00-07:00', '23:00-06:00'] as const;
const OFF = /^(off|none|no|끄기|꺼|끔|해제|안\s*함|없음|언제든)/iu;
const DEFAULT = /^(default|기본)/iu;
/** 22:00-07:00, 22-7, 22시~7시, 22:00 ~ 07:00. */
const HOURS =
  /(?<![\d:])(\d{1,2})(?::([0-5]\d)|시)?\s*(?:-|~|–|to|부터|에서)\s*(\d{1,2})(?::([0-5]\d)|시)?(?![\d:])/iu;

/** `22:00-07:00`, `off`, `default`; null when the text holds none of them. */
export function readQuietHours(text: string): string | null {
  const typed = text.trim();
  if (OFF.test(typed)) return 'off';
  if (DEFAULT.test(typed)) return 'default';
  const found = HOURS.exec(typed);
  if (found === null) return null;
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = found;
  if (Number(fromHour) > 23 || Number(toHour) > 23) return null;
  const from = `${fromHour.padStart(2, '0')}:${fromMinute}`;
  const to = `${toHour.padStart(2, '0')}:${toMinute}`;
  return from === to ? null : `${from}-${to}`;
}

/** The hours that hold for this chat. */
const effective = (visit: Visit): string => visit.subscriber?.quietHours ?? visit.quietHours;

/** The chat's quiet hours as a sentence. */
export function quietInWords(visit: Visit, hours = effective(visit)): string {
  if (hours === 'off') return visit.say('answers.quiet.isOff');
  const [from = '', to = ''] = hours.split('-');
  return visit.say('answers.quiet.is', { from, to });
}

/** Shows or sets when ordinary notices wait until the morning. */
export const quiet: Answer = async (visit, asked) => {
  const { say } = visit;
  const wanted = readQuietHours(asked.option === '' ? asked.text : asked.option);
  if (wanted === null) {
    return answered(
      card(quietInWords(visit), {
        sections: [{ label: null, lines: [say('answers.quiet.held'), say('answers.quiet.typed')] }],
        buttons: [
          OFFERED.map((hours) => ask(hours, 'quiet', null, hours)),
          [
            ask(say('answers.button.quietOff'), 'quiet', null, 'off'),
            ask(say('answers.button.quietDefault'), 'quiet', null, 'default'),
          ],
        ],
      }),
    );
  }
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const subscriber = await visit.keep();
  const hours = wanted === 'default' ? null : wanted;
  await changeSettings(visit.context, subscriber, { quietHours: hours });
  return answered(
    card(say('answers.quiet.changed'), {
      tone: 'good',
      sections: [
        { label: null, lines: [quietInWords(visit, hours ?? visit.quietHours), say('answers.quiet.held')] },
      ],
    }),
    { toast: say('answers.quiet.toast'), replace: asked.pressed },
  );
};
