import { card } from '../../card/card.ts';
import { changeSettings } from '../../operations/chats.ts';
import { ask } from '../buttons.ts';
import { refusal } from '../permission.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered } from '../visit.ts';

const OFFERED = ['21:00-08:00', '22:00-07:00', '23:00-06:00'] as const;
const OFF = /^(off|none|no|끄기|꺼|끔|해제|안\s*함|없음|언제든)/iu;
const DEFAULT = /^(default|기본)/iu;
const DIGEST = /digest|summary|모아|몰아|요약/iu;
const NO_DIGEST = /\boff\b|\bno\b|stop|끄|꺼|끔|해제|그만|않|말고|지\s*(?:마|말)|바로/iu;
const DAILY = /daily|once a day|every\s?day|each day|every morning|매일|하루|날마다|아침마다/iu;
const WEEKLY =
  /weekly|once a week|every week|each week|every monday|매주|일주일|한\s*주|주간|주마다|월요일/iu;
const MORNING = '오전|아침|새벽';
const EVENING = '오후|저녁|밤';
const TIME = `(?:(${MORNING}|${EVENING})\\s*)?(?<![\\d:])(\\d{1,2})(?::([0-5]\\d)|시(?:\\s*(반))?)?\\s*([ap]\\.?m\\.?)?`;
/** 22:00-07:00, 22-7, 22시~7시, 밤 10시 반부터 아침 7시, 10pm to 7am. */
const HOURS = new RegExp(`${TIME}\\s*(?:-|~|–|to|until|till|부터|에서)\\s*${TIME}(?![\\d:])`, 'iu');

/** `22:00-07:00`, `off`, `daily`, `weekly`, `default`; null when the text holds none of them. */
export function readQuietHours(text: string): string | null {
  const typed = text.trim();
  if (DIGEST.test(typed)) return readDigest(typed);
  if (typed === 'daily' || typed === 'weekly') return typed;
  if (OFF.test(typed)) return 'off';
  if (DEFAULT.test(typed)) return 'default';
  const found = HOURS.exec(typed);
  if (found === null) return null;
  const from = clockOf(found.slice(1, 6));
  const to = clockOf(found.slice(6, 11));
  return from === null || to === null || from === to ? null : `${from}-${to}`;
}

/** News all together: how often, or no more. */
function readDigest(typed: string): string | null {
  if (NO_DIGEST.test(typed)) return 'default';
  if (WEEKLY.test(typed)) return 'weekly';
  return DAILY.test(typed) ? 'daily' : null;
}

/** `22:30` of the parts of a time: half of the day before it, hour, minutes, "half past", half of the day after it. */
function clockOf([before = '', hour = '', minute, half, after = '']: readonly (string | undefined)[]) {
  const said = Number(hour);
  const evening = EVENING.split('|').includes(before) || /^p/i.test(after);
  const morning = MORNING.split('|').includes(before) || /^a/i.test(after);
  // Twelve at night is the hour the day begins with.
  const midnight = said === 12 && (morning || before === '밤');
  const hours = midnight ? 0 : evening && said < 12 ? said + 12 : said;
  if (hours > 23) return null;
  return `${String(hours).padStart(2, '0')}:${minute ?? (half === undefined ? '00' : '30')}`;
}

/** The hours that hold for this chat. */
const effective = (visit: Visit): string => visit.subscriber?.quietHours ?? visit.quietHours;

/** The chat's quiet hours as a sentence. */
export function quietInWords(visit: Visit, hours = effective(visit)): string {
  if (hours === 'off') return visit.say('answers.quiet.isOff');
  if (hours === 'daily') return visit.say('answers.quiet.isDaily');
  if (hours === 'weekly') return visit.say('answers.quiet.isWeekly');
  const [from = '', to = ''] = hours.split('-');
  return visit.say('answers.quiet.is', { from, to });
}

/** What happens to news in these hours. */
const heldLines = ({ say }: Visit, hours: string): readonly string[] =>
  hours === 'off' ? [] : [say('answers.quiet.held')];

/** Shows or sets when ordinary notices wait until the morning. */
export const quiet: Answer = async (visit, asked) => {
  const { say } = visit;
  const wanted = readQuietHours(asked.option === '' ? asked.text : asked.option);
  if (wanted === null) {
    return answered(
      card(quietInWords(visit), {
        sections: [
          {
            label: null,
            lines: [
              ...heldLines(visit, effective(visit)),
              say('answers.quiet.typed'),
              say('answers.quiet.typedDigest'),
            ],
          },
        ],
        buttons: [
          OFFERED.map((hours) => ask(hours, 'quiet', null, hours)),
          [
            ask(say('answers.button.quietOff'), 'quiet', null, 'off'),
            ask(say('answers.button.quietDefault'), 'quiet', null, 'default'),
          ],
          [
            ask(say('answers.button.digestDaily'), 'quiet', null, 'daily'),
            ask(say('answers.button.digestWeekly'), 'quiet', null, 'weekly'),
          ],
        ],
      }),
    );
  }
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  const subscriber = await visit.keep();
  const chosen = wanted === 'default' ? null : wanted;
  const hours = chosen ?? visit.quietHours;
  await changeSettings(visit.context, subscriber, { quietHours: chosen });
  return answered(
    card(say('answers.quiet.changed'), {
      tone: 'good',
      sections: [{ label: null, lines: [quietInWords(visit, hours), ...heldLines(visit, hours)] }],
    }),
    { toast: say('answers.quiet.toast'), replace: asked.pressed },
  );
};
