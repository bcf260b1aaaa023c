import type { Card } from '../card/card.ts';
import { plainText } from '../card/plain-text.ts';
import type { Announcement } from '../domain/announcement.ts';
import { type Audience, announcedTo } from '../domain/audience.ts';
import type { Finding } from '../domain/finding.ts';
import type { AnnouncementId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { plusSeconds } from '../domain/instant.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import type { Notice } from '../domain/notice.ts';
import { done, type Outcome, refused } from '../domain/problem.ts';
import { similarity } from '../domain/similarity.ts';
import type { Reached } from '../ports/announcements.ts';
import { factOf } from './announcement-notice.ts';
import type { Context, Sending } from './context.ts';

/** What an announcement would be, were it published now. */
export interface Preview {
  readonly announcement: Announcement;
  /** As citizens get them; only the number and the time are not known yet. */
  readonly cards: { readonly [L in Language]: Card };
  /** The same as lines of text. */
  readonly texts: Bilingual;
  readonly reach: readonly Reached[];
  /** To the last chat at full rate, nothing else under way and nobody's quiet hours counted. */
  readonly seconds: number;
  /** Telegram Stars that paid sending costs. */
  readonly stars: number;
  readonly findings: readonly Finding[];
  /** Told to the same people within a day, in nearly the same words; the most alike first. */
  readonly alike: readonly Alike[];
}

interface Alike {
  readonly code: string;
  readonly at: Instant;
  readonly similarity: number;
}

/** Stands where the notice's number will be. */
const NUMBERLESS = '····-····-·';
const ALIKE_SECONDS = 86_400;
const ALIKE_FROM = 0.5;
/** More than any day has seen. */
const LOOKED_AT = 500;
/** Telegram's price of a message above those that are free. */
const STARS_A_MESSAGE = 0.1;
const FREE_A_SECOND = 30;

/** Shows what citizens would get, who, how soon, at what price, and what speaks against it. */
export async function previewAnnouncement(context: Context, id: AnnouncementId): Promise<Outcome<Preview>> {
  const { store, clock, catalogue, sending } = context;
  const announcement = await store.announcements.get(id);
  if (announcement === null) return refused('not_found', null, { id });
  const now = clock.now();
  const { audience: asked, agency, severity } = announcement;
  const audience = announcedTo(asked, severity === 'critical', catalogue);
  const reach = await store.announcements.reach(audience);
  const recent = await store.notices.since(plusSeconds(now, -ALIKE_SECONDS), LOOKED_AT);
  const fact = { ...factOf(announcement, agency, catalogue, now), code: NUMBERLESS, at: now };
  const cards = context.writeNotice(fact);
  return done({
    announcement,
    cards,
    texts: { ko: plainText(cards.ko), en: plainText(cards.en) },
    reach,
    seconds: secondsFor(reach, sending),
    stars: starsFor(reach, sending),
    findings: context.lintNotice(announcement),
    alike: alikeAmong(recent, announcement, audience),
  });
}

/** Every bot and every workspace is served by itself: the longest of them counts. */
function secondsFor(reach: readonly Reached[], { ratePerSecond }: Sending): number {
  const lanes = new Map<string, number>();
  for (const { platform, workspace, chats } of reach) {
    const key = `${platform}:${workspace}`;
    lanes.set(key, (lanes.get(key) ?? 0) + chats / ratePerSecond[platform]);
  }
  return Math.ceil(Math.max(0, ...lanes.values()));
}

/** Only what goes faster than the free rate is paid for. */
function starsFor(reach: readonly Reached[], { ratePerSecond: { telegram }, paid }: Sending): number {
  if (!paid || telegram <= FREE_A_SECOND) return 0;
  const chats = reach.filter((r) => r.platform === 'telegram').reduce((sum, r) => sum + r.chats, 0);
  return Math.ceil(chats * (1 - FREE_A_SECOND / telegram) * STARS_A_MESSAGE);
}

function alikeAmong(
  recent: readonly Notice[],
  { title, message, notice: own }: Announcement,
  audience: Audience,
): readonly Alike[] {
  const words = (text: { readonly title: Bilingual | null; readonly message: Bilingual | null }) =>
    `${text.title?.ko ?? ''} ${text.message?.ko ?? ''}`;
  return recent
    .filter((notice) => notice.id !== own?.id && overlap(notice.audience, audience))
    .map(({ code, createdAt: at, fact }) => ({
      code,
      at,
      similarity: Math.round(similarity(words(fact), words({ title, message })) * 100) / 100,
    }))
    .filter(({ similarity }) => similarity >= ALIKE_FROM)
    .sort((a, b) => b.similarity - a.similarity);
}

/** Whether somebody may be in both: everyone is, those of one service are. */
function overlap(a: Audience, b: Audience): boolean {
  const [left, right] = [targetsOf(a), targetsOf(b)];
  if (left === null || right === null) return true;
  return [...left].some((target) => right.has(target));
}

function targetsOf(audience: Audience): ReadonlySet<string> | null {
  if (audience.kind === 'subscribers') return setOf(audience);
  return audience.kind === 'chosen' && audience.subscribed !== null ? setOf(audience.subscribed) : null;
}

const setOf = ({ services, agencies, categories }: Extract<Audience, { kind: 'subscribers' }> | Targets) =>
  new Set([
    ...services.map((id) => `service ${id}`),
    ...agencies.map((id) => `agency ${id}`),
    ...categories.map((id) => `category ${id}`),
  ]);

type Targets = NonNullable<Extract<Audience, { kind: 'chosen' }>['subscribed']>;
