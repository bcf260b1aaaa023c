import { card } from '../../card/card.ts';
import { nameOfService } from '../names.ts';
import type { Answer } from '../visit.ts';
import { answered } from '../visit.ts';
import { servicesOf } from './subject.ts';

/** A person to speak with: the service's own line, else its agency's, else 110. A number, never a link. */
export const human: Answer = async (visit, asked) => {
  const { say, context, language } = visit;
  const services = servicesOf(visit, asked);
  const agencies = asked.agencies.flatMap((id) => context.catalogue.agency(id) ?? []);
  const lines: string[] = [];
  for (const service of services.slice(0, 3)) {
    const agency = context.catalogue.agency(service.agency);
    const name = nameOfService(visit, service);
    if (service.helpline !== null)
      lines.push(say('answers.human.service', { name, phone: service.helpline }));
    else if (agency?.phone)
      lines.push(say('answers.human.agency', { name: agency.name[language], phone: agency.phone }));
    else lines.push(say('answers.human.noOwn', { name }));
  }
  for (const agency of agencies.slice(0, 2)) {
    if (services.length > 0) break;
    const name = agency.name[language];
    lines.push(
      agency.phone === null
        ? say('answers.human.noOwn', { name })
        : say('answers.human.agency', { name, phone: agency.phone }),
    );
  }
  const general = [say('answers.human.general'), say('answers.human.local')];
  if (language === 'en') general.push(say('answers.human.languages'));
  return answered(
    card(say('answers.human.headline'), {
      sections: [
        ...(lines.length > 0 ? [{ label: null, lines }] : []),
        { label: lines.length > 0 ? say('answers.human.otherwise') : null, lines: general },
      ],
      footer: say('answers.human.notHere'),
    }),
    services.length > 0 ? { services: services.map((service) => service.id) } : {},
  );
};
