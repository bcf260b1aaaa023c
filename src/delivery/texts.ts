import type { Card } from '../card/card.ts';
import type { NoticeId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Notice } from '../domain/notice.ts';
import type { Claim } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import { type DigestLine, writeDigest } from '../wording/digest-card.ts';

/** A notice and how it reads in one language. */
export interface Text {
  readonly notice: Notice;
  readonly card: Card;
}

/** Notices are few and never change, so many more than are ever on their way at once are kept. */
const KEPT = 400;

/** The texts that are being sent, each read once. */
export class Texts {
  readonly #store: Store;
  readonly #texts = new Map<string, Promise<Text>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** What one message says: a notice, or several that were held as a digest. @throws when there is no such notice or text */
  async of(claim: Pick<Claim, 'delivery' | 'language' | 'also'>): Promise<Text> {
    const texts = await this.read(claim);
    const [first, ...rest] = texts;
    if (first === undefined) throw new Error(`Nothing to send in ${claim.delivery.id}`);
    if (rest.length === 0) return first;
    return { notice: first.notice, card: writeDigest(texts.map(lineOf), claim.language) };
  }

  /** Reads all that a message may say, so that it is at hand. */
  read({
    delivery,
    language,
    also = [],
  }: Pick<Claim, 'delivery' | 'language' | 'also'>): Promise<readonly Text[]> {
    return Promise.all([delivery, ...also].map(({ notice }) => this.single(notice, language)));
  }

  /** One notice. @throws when there is no such notice or text */
  single(notice: NoticeId, language: Language): Promise<Text> {
    const key = `${notice} ${language}`;
    let text = this.#texts.get(key);
    if (text === undefined) {
      if (this.#texts.size >= KEPT) this.#texts.clear();
      text = this.#read(notice, language);
      this.#texts.set(key, text);
      text.catch(() => this.#texts.delete(key));
    }
    return text;
  }

  async #read(id: NoticeId, language: Language): Promise<Text> {
    const { notices } = this.#store;
    const notice = await notices.get(id);
    const card = await notices.card(id, language);
    if (notice === null || card === null) throw new Error(`No notice ${id} in ${language}`);
    return { notice, card };
  }
}

const lineOf = ({ notice, card }: Text): DigestLine => ({ fact: notice.fact, headline: card.headline });
