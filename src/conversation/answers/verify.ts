import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Notice } from '../../domain/notice.ts';
import { clockTime, withZone } from '../../wording/dates.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered } from '../visit.ts';

const CODE = /(?<!\d)(\d{4})[-–.\s]?(\d{4})[-–.\s](\d{1,4})(?!\d)/u;

/** The notice code in a text, as we write it: `2023-1117-2`. Null when there is none. */
export function codeIn(text: string): string | null {
  const found = CODE.exec(text.normalize('NFKC'));
  return found === null ? null : `${found[1]}-${found[2]}-${Number(found[3])}`;
}

/** "Is this message real?": looks the notice code up. What is not on record is not ours. */
export const verify: Answer = async (visit, asked) => {
  const { say, context } = visit;
  const code = codeIn(asked.text);
  if (code === null) {
    return answered(
      card(say('answers.verify.which'), {
        sections: [{ label: null, lines: [say('answers.verify.where'), say('answers.verify.noLinks')] }],
      }),
    );
  }
  const notice = await context.store.notices.byCode(code);
  return answered(notice === null ? unknownCard(visit, code) : await genuineCard(visit, notice));
};

const unknownCard = (visit: Visit, code: string): Card =>
  card(visit.say('answers.verify.unknown', { code }), {
    tone: 'bad',
    sections: [
      { label: null, lines: [visit.say('answers.verify.careful'), visit.say('answers.verify.noLinks')] },
    ],
    footer: visit.say('answers.verify.hotline'),
  });

async function genuineCard(visit: Visit, notice: Notice): Promise<Card> {
  const { say, context, language, now } = visit;
  const told = await context.store.notices.card(notice.id, language);
  const story = notice.incident === null ? [] : await context.store.notices.of(notice.incident);
  const corrected = story.find(
    (other) =>
      other.fact.corrects === notice.code ||
      (other.kind === 'correction' && other.sequence > notice.sequence),
  );
  const later = story.filter((other) => other.sequence > notice.sequence).at(-1);
  const lines = [say('answers.verify.compare')];
  if (corrected !== undefined) lines.unshift(say('answers.verify.corrected', { code: corrected.code }));
  else if (later !== undefined) lines.unshift(say('answers.verify.later', { code: later.code }));
  return card(say('answers.verify.genuine', { code: notice.code }), {
    tone: corrected === undefined ? 'good' : 'caution',
    sections: [
      { label: say('answers.verify.says'), lines: told === null ? [] : [told.headline] },
      { label: null, lines },
    ].filter((section) => section.lines.length > 0),
    footer: say('answers.verify.sent', {
      time: withZone(clockTime(notice.createdAt, now, language), language),
    }),
  });
}
