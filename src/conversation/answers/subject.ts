import type { Card } from '../../card/card.ts';
import type { ServiceId } from '../../domain/ids.ts';
import type { Service } from '../../domain/service.ts';
import type { Intent } from '../../understanding/understanding.ts';
import { callNumber, phoneText } from '../../wording/phone.ts';
import { pickService } from '../dialogs/choose.ts';
import type { Request } from '../request.ts';
import type { Answer, Answered, Visit } from '../visit.ts';
import { answered } from '../visit.ts';

const MOST_SERVICES = 3;

/** The services asked about that the catalogue has. */
export const servicesOf = (visit: Visit, asked: Request): readonly Service[] =>
  asked.services.flatMap((id: ServiceId) => visit.context.catalogue.service(id) ?? []);

/**
 * "Can I get my certificate on Government24?" is one question: the card of the task tells of each of its channels,
 * so a channel named beside its task needs no card of its own.
 */
export const withoutChannelsOf = (services: readonly Service[]): readonly Service[] =>
  services.filter((one) => !services.some((task) => task.channels.includes(one.id)));

/** An answer that is written service by service; with none named it asks which. */
export const perService =
  (
    intent: Intent,
    write: (visit: Visit, service: Service, asked: Request) => Promise<Card>,
    pending?: (visit: Visit, services: readonly ServiceId[], asked: Request) => Promise<Answered['pending']>,
  ): Answer =>
  async (visit, asked) => {
    const named = servicesOf(visit, asked);
    // A report counts for everything that was named.
    const services = (intent === 'report_problem' ? named : withoutChannelsOf(named)).slice(0, MOST_SERVICES);
    if (services.length === 0) return pickService(visit, intent, asked);
    const cards: Card[] = [];
    for (const service of services) cards.push(await write(visit, service, asked));
    const ids = services.map((service) => service.id);
    return answered(cards, { services: ids, pending: (await pending?.(visit, ids, asked)) ?? null });
  };

/** Whom to call: the service's own line, else its agency's, else the general one. */
export const phoneOf = (visit: Visit, service: Service): string =>
  phoneText(callNumber(service, visit.context.catalogue) ?? '110', visit.language);
