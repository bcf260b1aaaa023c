import type { AgencyId, CategoryId, RegionId, ServiceId } from './ids.ts';
import type { Bilingual } from './language.ts';

export const SERVICE_KINDS = ['service', 'function', 'channel', 'infrastructure', 'internal'] as const;
/**
 * `service`: a site or app; `function`: one task offered through several channels;
 * `channel`: a counter, kiosk or call center; `infrastructure`: what others run on; `internal`: officials only.
 */
export type ServiceKind = (typeof SERVICE_KINDS)[number];

export interface Agency {
  readonly id: AgencyId;
  readonly name: Bilingual;
  readonly aliases: { readonly ko: readonly string[]; readonly en: readonly string[] };
  /** The agency's own number for citizens, or null where none is known to be right. */
  readonly phone: string | null;
}

export interface Region {
  readonly id: RegionId;
  readonly name: Bilingual;
  /** 시·도 have none; a 시·군·구 belongs to one. */
  readonly parent: RegionId | null;
  readonly aliases: { readonly ko: readonly string[]; readonly en: readonly string[] };
}

export interface Category {
  readonly id: CategoryId;
  readonly name: Bilingual;
}

/** What to tell a citizen when the service is down. */
export interface Alternative {
  readonly text: Bilingual;
  /** The service whose own status is checked first; null: not in the catalogue. */
  readonly via: ServiceId | null;
}

export interface Service {
  readonly id: ServiceId;
  readonly name: Bilingual;
  /** How a Latin name is read in Korean (Q-Net: 큐넷), so that particles come out right; null when the name itself reads. */
  readonly reading: string | null;
  readonly agency: AgencyId;
  readonly kind: ServiceKind;
  readonly audience: 'citizen' | 'official' | 'both';
  readonly category: CategoryId;
  readonly aliases: { readonly ko: readonly string[]; readonly en: readonly string[] };
  /** Aliases that are common words, and count only beside a word of trouble or access. */
  readonly needsCue: readonly string[];
  readonly url: string | null;
  readonly helpline: string | null;
  readonly parent: ServiceId | null;
  /** Explains an outage; never sets a status by itself. */
  readonly dependsOn: readonly ServiceId[];
  /** For a function: the services through which it is offered. */
  readonly channels: readonly ServiceId[];
  readonly tasks: readonly Bilingual[];
  readonly alternatives: readonly Alternative[];
  readonly note: string | null;
}

/** An alias that two or more services share, with the question to ask. */
export interface AmbiguousAlias {
  readonly alias: string;
  readonly language: 'ko' | 'en';
  readonly candidates: readonly ServiceId[];
  readonly prefer: ServiceId;
  readonly ask: Bilingual;
}
