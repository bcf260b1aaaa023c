import { plainText } from '../../src/card/plain-text.ts';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';
import { statusAllCard } from '../../src/wording/status-all.ts';
import { FACTS, SITUATIONS } from './cases.ts';
import { cardOf, catalogue, incident, maintenance, NOW, statusesOf } from './situations.ts';

/** Every card we can write, for people to read: `node tests/wording/gallery.ts`. */
export function gallery(): readonly { title: string; language: Language; text: string }[] {
  const statuses = statusesOf(['gov24', 'unmanned-kiosk', 'hometax'], {
    incidents: [
      incident(
        { gov24: 'major_outage', 'unmanned-kiosk': 'major_outage', hometax: 'degraded' },
        '2023-11-17 13:55',
      ),
    ],
  });
  const ahead = [maintenance(['korail', 'srt'], '2023-11-18 02:00', '2023-11-18 04:00')];
  return LANGUAGES.flatMap((language) => [
    ...Object.entries(SITUATIONS).map(([title, situation]) => ({
      title: `answer: ${title}`,
      language,
      text: plainText(cardOf(situation, language)),
    })),
    { title: 'all: nothing', language, text: plainText(statusAllCard([], [], catalogue, language, NOW)) },
    {
      title: 'all: three down',
      language,
      text: plainText(statusAllCard(statuses, ahead, catalogue, language, NOW)),
    },
    ...Object.entries(FACTS).map(([title, fact]) => ({
      title: `notice: ${title}`,
      language,
      text: plainText(writeNotice(fact)[language]),
    })),
  ]);
}

if (import.meta.main)
  for (const { title, language, text } of gallery()) console.log(`\n--- ${title} (${language})\n${text}`);
