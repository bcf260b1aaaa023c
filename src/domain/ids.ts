/** Identifiers. Plain strings; the alias says whose. Catalogue ids are lower-case words joined by hyphens. */
export type ServiceId = string;
export type AgencyId = string;
export type RegionId = string;
export type CategoryId = string;
export type IncidentId = string;
export type MaintenanceId = string;
export type AnnouncementId = string;
export type NoticeId = string;
export type CampaignId = string;
export type DeliveryId = string;
export type SubscriberId = string;
export type OfficialId = string;

/** A source of chance in [0, 1), handed in so that tests decide it. */
export type Random = () => number;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id such as `inc_1hg3k8q2x7f9m2`: sortable by millisecond, then 40 random bits.
 * @param prefix what it names: inc, mnt, ann, ntc, cmp, dlv, sub, ofc …
 * @param epochMs milliseconds since 1970
 */
export function newId(prefix: string, epochMs: number, random: Random): string {
  let time = '';
  for (let rest = Math.floor(epochMs), i = 0; i < 9; i++, rest = Math.floor(rest / 32)) {
    time = (ALPHABET[rest % 32] ?? '0') + time;
  }
  let chance = '';
  for (let i = 0; i < 8; i++) chance += ALPHABET[Math.floor(random() * 32)] ?? '0';
  return `${prefix}_${time}${chance}`;
}
