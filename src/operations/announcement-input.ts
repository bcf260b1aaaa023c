import type { Announcement, AnnouncementContent } from '../domain/announcement.ts';
import type { AnnouncementAudience } from '../domain/audience.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Instant } from '../domain/instant.ts';
import { type Problem, refused } from '../domain/problem.ts';
import { cleanedBoth, cleanedLine, cleanedLines, LENGTHS, textProblem } from './texts.ts';

/** Left out: as it was. */
export type AnnouncementChanges = {
  readonly [K in keyof AnnouncementContent]?: AnnouncementContent[K] | undefined;
};

/** The first thing wrong with what is to be announced, or null. */
export function contentProblem(
  changes: AnnouncementChanges,
  catalogue: Catalogue,
  now: Instant,
): Problem | null {
  const { title, message, audience, scheduledFor } = changes;
  const late = scheduledFor !== null && scheduledFor !== undefined && scheduledFor <= now;
  return (
    textProblem(title, 'title', LENGTHS.title) ??
    textProblem(message, 'message', LENGTHS.message) ??
    (audience === undefined ? null : audienceProblem(audience, catalogue)) ??
    (late ? refused('in_the_past', 'scheduledFor', { at: scheduledFor }).problem : null)
  );
}

function audienceProblem(audience: AnnouncementAudience, catalogue: Catalogue): Problem | null {
  const { languages, platforms, regions } = audience;
  for (const [name, values] of Object.entries({ languages, platforms, regions })) {
    if (values?.length === 0) return refused('invalid', `audience.${name}`).problem;
  }
  const unknownRegion = (regions ?? []).findIndex((id) => catalogue.region(id) === undefined);
  if (unknownRegion >= 0) {
    const region = regions?.[unknownRegion] ?? '';
    return refused('unknown_region', `audience.regions[${unknownRegion}]`, { region }).problem;
  }
  return audience.to === 'everyone' ? null : targetsProblem(audience.to, audience.ids, catalogue);
}

function targetsProblem(
  to: 'services' | 'agencies' | 'categories',
  ids: readonly string[],
  catalogue: Catalogue,
): Problem | null {
  if (ids.length === 0) return refused('invalid', `audience.${to}`).problem;
  for (const [index, id] of ids.entries()) {
    const field = `audience.${to}[${index}]`;
    if (to === 'services' && catalogue.service(id) === undefined)
      return refused('unknown_service', field, { service: id }).problem;
    if (to === 'agencies' && catalogue.agency(id) === undefined)
      return refused('unknown_agency', field, { agency: id }).problem;
    if (to === 'categories' && catalogue.category(id) === undefined) return refused('invalid', field).problem;
  }
  return null;
}

/** The content after a change, cleaned as citizens will read it. */
export function changed(before: AnnouncementContent, changes: AnnouncementChanges): AnnouncementContent {
  return {
    title: changes.title === undefined ? before.title : cleanedLines(changes.title),
    message: changes.message === undefined ? before.message : cleanedBoth(changes.message),
    audience: changes.audience ?? before.audience,
    severity: changes.severity ?? before.severity,
    scheduledFor: changes.scheduledFor === undefined ? before.scheduledFor : changes.scheduledFor,
  };
}

/** A reason that an official gives to officials: something, and not too much. */
export function reasonProblem(reason: string, field: string): Problem | null {
  if (cleanedLine(reason) === '') return refused('invalid', field).problem;
  return reason.length > LENGTHS.reason
    ? refused('too_long', field, { max: String(LENGTHS.reason) }).problem
    : null;
}

/** Whether its time is still to come. */
export const isScheduledAhead = ({ scheduledFor }: Announcement, now: Instant): boolean =>
  scheduledFor !== null && scheduledFor > now;
