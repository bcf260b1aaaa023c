import type { RegionId } from '../domain/ids.ts';
import type { Service } from '../domain/service.ts';
import type { CheckedAlternative, ServiceStatus } from '../domain/status.ts';
import { oneLine } from './official-text.ts';
import { callNumber, phoneText } from './phone.ts';
import { onlyElsewhere, openChannels } from './status-headline.ts';
import type { Telling } from './status-line.ts';

interface TroubleView {
  readonly service: Service;
  readonly status: ServiceStatus;
  readonly alternatives: readonly CheckedAlternative[];
  readonly region: RegionId | null;
}

/** Officials named the service itself as down: none of its channels is then proof of the contrary. */
const declaredDown = (status: ServiceStatus): boolean =>
  (status.basis === 'declared' || status.basis === 'overdue') &&
  (status.availability === 'major_outage' || status.lastKnown === 'major_outage');

/** Whether there is anything to work around: a fault here, or one somewhere when nobody said where they are. */
const needsAWayRound = ({ status, region }: TroubleView, telling: Telling): boolean =>
  status.availability !== 'operational' || (region === null && onlyElsewhere(status, telling) !== null);

/** What to do instead, each way with its own state where that is not simply good. */
export function doNowLines(view: TroubleView, telling: Telling): readonly string[] {
  const { service, status } = view;
  const { say } = telling;
  if (!needsAWayRound(view, telling)) return [];
  const alternatives = view.alternatives.filter(
    ({ alternative }) =>
      !(declaredDown(status) && alternative.via !== null && service.channels.includes(alternative.via)),
  );
  if (alternatives.length === 0) {
    if (service.alternatives.length === 0) return [say('status.doNow.noneKnown')];
    const open = declaredDown(status) ? [] : openChannels(status);
    return open.length === 0 ? [say('status.doNow.noneLeft')] : [];
  }
  return alternatives.map((one) => alternativeLine(one, telling));
}

function alternativeLine({ alternative, status }: CheckedAlternative, telling: Telling): string {
  const { say, language } = telling;
  const text = oneLine(alternative.text, language);
  if (status?.availability === 'degraded') return say('status.doNow.slow', { text });
  if (status?.availability === 'recovering') return say('status.doNow.recovering', { text });
  const regional = status === null ? null : onlyElsewhere(status, telling);
  if (regional === null) return text;
  return say('status.doNow.exceptIn', {
    text,
    regions: regional.regions,
    word: say(`status.word.${regional.status}`),
  });
}

/** Whom to call about it. */
export function callLines(view: TroubleView, telling: Telling): readonly string[] {
  if (!needsAWayRound(view, telling)) return [];
  const number = callNumber(view.service, telling.catalogue);
  return number === null ? [] : [phoneText(number, telling.language)];
}
