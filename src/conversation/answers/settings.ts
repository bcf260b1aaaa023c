import { card } from '../../card/card.ts';
import type { Region } from '../../domain/service.ts';
import { changeSettings } from '../../operations/chats.ts';
import { ask } from '../buttons.ts';
import { refusal } from '../permission.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered, inPrivate, regionsOf } from '../visit.ts';
import { chunk } from './lists.ts';

const YES = /^(on|yes|y|ok|네|예|응|받기|받을게|켜기|켜)/iu;
const NO = /^(off|no|n|stop|아니|안\s*받|그만|끄기|꺼)/iu;
const NOWHERE = /^(none|off|clear|없음|해제|지우기|삭제|전국)/iu;

/** General announcements of officials, beside what was subscribed to: yes or no. */
export const announcements: Answer = async (visit, asked) => {
  const { say } = visit;
  const typed = (asked.option === '' ? asked.text : asked.option).trim();
  const wanted = YES.test(typed) ? true : NO.test(typed) ? false : null;
  if (wanted === null) {
    return answered(
      card(say('answers.announcements.which'), {
        sections: [{ label: null, lines: [say('answers.start.announcementsMean'), stateOf(visit)] }],
        buttons: [
          [
            ask(say('answers.button.announcementsYes'), 'announcements', null, 'on'),
            ask(say('answers.button.announcementsNo'), 'announcements', null, 'off'),
          ],
        ],
      }),
    );
  }
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  await changeSettings(visit.context, await visit.keep(), { announcements: wanted });
  return answered(
    card(say(wanted ? 'answers.announcements.on' : 'answers.announcements.off'), {
      sections: [
        {
          label: null,
          lines: [say(wanted ? 'answers.announcements.end' : 'answers.announcements.critical')],
        },
      ],
    }),
    { toast: say('answers.announcements.toast') },
  );
};

const stateOf = (visit: Visit): string =>
  visit.say(
    visit.subscriber?.announcements === true ? 'answers.announcements.isOn' : 'answers.announcements.isOff',
  );

/** Where the asker is, so that a fault elsewhere does not alarm and one here does. */
export const region: Answer = async (visit, asked) => {
  const { say, context, language } = visit;
  const typed = (asked.option === '' ? asked.text : asked.option).trim();
  const ids = asked.regions.length > 0 ? regionsOf(visit, asked) : [asked.option];
  const named = ids.flatMap((id) => context.catalogue.region(id) ?? []);
  const clearing = named.length === 0 && NOWHERE.test(typed);
  const [only] = named;
  if (!clearing && (only === undefined || named.length > 1)) return regionChoices(visit, named, typed !== '');
  const refused = await refusal(visit);
  if (refused !== null) return refused;
  await changeSettings(context, await visit.keep(), { region: only?.id ?? null });
  const headline =
    only === undefined
      ? say('answers.region.cleared')
      : say(inPrivate(visit) ? 'answers.region.set' : 'answers.region.setHere', {
          name: only.name[language],
        });
  const buttons =
    only === undefined ? [] : [[ask(say('answers.button.clearRegion'), 'region', null, 'none')]];
  return answered(
    card(headline, {
      tone: 'good',
      sections: [
        {
          label: null,
          lines: [say(only === undefined ? 'answers.region.everywhere' : 'answers.region.means')],
        },
      ],
      buttons,
    }),
    { toast: say('answers.region.toast') },
  );
};

function regionChoices(visit: Visit, named: readonly Region[], missed: boolean) {
  const { say, context, language, subscriber } = visit;
  const own = context.catalogue.region(subscriber?.region ?? '');
  const offered = named.length > 0 ? named : context.catalogue.regions.filter((one) => one.parent === null);
  const withParent = (one: Region) => {
    const parent = context.catalogue.region(one.parent ?? '');
    return parent === undefined ? one.name[language] : `${parent.name[language]} ${one.name[language]}`;
  };
  const headline = missed && named.length === 0 ? 'answers.region.notFound' : 'answers.region.which';
  return answered(
    card(say(headline), {
      sections: [
        {
          label: null,
          lines: [
            ...(own === undefined ? [] : [say('answers.region.is', { name: own.name[language] })]),
            say('answers.region.means'),
            say('answers.region.typed'),
          ],
        },
      ],
      buttons: [
        ...chunk(
          offered
            .slice(0, 20)
            .map((one) =>
              ask(named.length > 0 ? withParent(one) : one.name[language], 'region', null, one.id),
            ),
          2,
        ),
        ...(own === undefined ? [] : [[ask(say('answers.button.clearRegion'), 'region', null, 'none')]]),
      ],
    }),
  );
}
