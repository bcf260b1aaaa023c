import { card } from '../../card/card.ts';
import { isDown, isUsable } from '../../domain/availability.ts';
import type { Service } from '../../domain/service.ts';
import type { CheckedAlternative, ServiceStatus } from '../../domain/status.ts';
import { statusOf, workingAlternatives } from '../../domain/status.ts';
import { oneLine } from '../../wording/official-text.ts';
import { lineDetail, tellingIn } from '../../wording/status-line.ts';
import { nameOfService, serviceNamed, written } from '../names.ts';
import type { Answer, Visit } from '../visit.ts';
import { regionOf } from '../visit.ts';
import { awaitedOf, isImpaired } from './lists.ts';
import { statusButtons } from './status.ts';
import { perService, phoneOf } from './subject.ts';

/** What to do instead: only what works itself, checked now. */
export const alternatives: Answer = perService('alternatives', async (visit, service, asked) => {
  const { say, context } = visit;
  const region = regionOf(visit, asked);
  const facts = await visit.facts();
  const status = statusOf(service.id, facts, context.catalogue, region);
  const name = nameOfService(visit, service);
  // What officials declared of the task itself holds for all its channels.
  const declared = isDeclaredDown(status);
  const usable = declared ? [] : status.channels.filter((channel) => isUsable(channel.availability));
  const working = workingAlternatives(service.id, facts, context.catalogue, region).filter(
    ({ alternative: { via } }) => !(declared && via !== null && service.channels.includes(via)),
  );
  const textOf = (one: CheckedAlternative) => oneLine(one.alternative.text, visit.language);
  const said = (one: CheckedAlternative, of: ServiceStatus) => withWord(visit, textOf(one), of);
  // An alternative that is one of the task's channels says more than the channel's bare name.
  const channels = usable.map((channel) => {
    const same = working.find((one) => one.alternative.via === channel.service);
    return same
      ? said(same, channel)
      : withWord(visit, written(serviceNamed(visit, channel.service)), channel);
  });
  const rest = working.filter((one) => !usable.some((channel) => channel.service === one.alternative.via));
  const others = rest.flatMap((one) => (one.status === null ? [] : [said(one, one.status)]));
  // What is outside the catalogue has no status: it is offered, and not said to work.
  const unchecked = rest.filter((one) => one.status === null).map(textOf);
  const checked = channels.length + others.length > 0;
  const none = !checked && unchecked.length === 0;
  const impaired = isImpaired(status);
  const word = say(`status.word.${status.availability}`);
  const key = none
    ? 'answers.alternatives.none'
    : checked
      ? 'answers.alternatives.headline'
      : 'answers.alternatives.try';
  const phone = phoneOf(visit, service);
  return card(say(impaired ? key : 'answers.alternatives.fine', { name, word }), {
    tone: none && impaired ? 'unknown' : 'info',
    sections: [
      ...(channels.length > 0 ? [{ label: say('answers.alternatives.channels'), lines: channels }] : []),
      ...(others.length > 0 ? [{ label: say('answers.alternatives.others'), lines: others }] : []),
      ...(unchecked.length > 0 ? [{ label: say('answers.alternatives.unchecked'), lines: unchecked }] : []),
      ...(none ? [{ label: null, lines: [noneLine(visit, service)] }] : []),
    ],
    footer: say(checked ? 'answers.alternatives.checked' : 'answers.alternatives.callFirst', { phone }),
    buttons: statusButtons(visit, service, awaitedOf(status)),
  });
});

const isDeclaredDown = ({ basis, availability, lastKnown }: ServiceStatus): boolean =>
  (basis === 'declared' || basis === 'overdue') && isDown(lastKnown ?? availability);

/** An alternative of the catalogue says its status, and where it is otherwise. */
function withWord(visit: Visit, text: string, status: ServiceStatus): string {
  const { say, context, language, now } = visit;
  const word = say(`status.word.${status.availability}`);
  const telling = tellingIn(language, context.catalogue, now);
  const regional = status.availability === 'operational' ? lineDetail(status, telling) : null;
  return say('answers.alternatives.line', { text, word: regional === null ? word : `${word}, ${regional}` });
}

const noneLine = (visit: Visit, service: Service): string =>
  visit.say('answers.alternatives.call', { phone: phoneOf(visit, service) });
