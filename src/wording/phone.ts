import type { Catalogue } from '../domain/catalogue.ts';
import type { Language } from '../domain/language.ts';
import type { Service } from '../domain/service.ts';
import { sayIn } from './i18n.ts';

/** The government's general call center, asked for where nobody has a number of their own. */
const GENERAL_LINE = 'call-110';
/** Numbers that must stay free for emergencies: never given for questions. */
const EMERGENCY = ['112', '119'];

export const isEmergencyLine = (number: string): boolean => EMERGENCY.includes(number);

/** Whom to call about a service: its own number, else its agency's, else the general line. Never the line that is asked about. */
export function callNumber(service: Service, catalogue: Catalogue): string | null {
  const numbers = [
    service.helpline,
    catalogue.agency(service.agency)?.phone,
    catalogue.service(GENERAL_LINE)?.helpline,
  ];
  const right = (number: string) => !isEmergencyLine(number) && !service.name.ko.includes(number);
  return numbers.find((number) => number !== null && number !== undefined && right(number)) ?? null;
}

/** A number as people dial it: 120 is a local government's and needs the area code. */
export const phoneText = (number: string, language: Language): string =>
  number === '120' ? sayIn(language)('status.phone.local') : number;
