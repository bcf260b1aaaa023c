import { plain } from './plain-words.ts';

/* What stands beside the name of a service: nothing that asks, next to nothing, or "what about". */

const SAYS_MORE =
  /되|돼|됐|됨|됩|안 |안되|않|못|열리|열려|열렸|접속|먹통|정상|상태|장애|오류|에러|느려|느리|복구|살아|터졌|터짐|죽|막혔|막혀|멈|고장|점검|튕|뜨|떠|들어가|가능|문제|이상|확인|조회|발급|신청|어때|언제|왜|이유|알려|알림|구독|취소|해지|제보|신고|통화|받아|받나|걸려|걸리|방법|대신|다른 ?(데|곳|수단)|\b(other ways?|another way|alternatives?|where|else|work|works|working|down|up|open|load|loads|loading|online|status|error|fail|failing|broken|slow|ok|okay|fine|back|available|running|dead|when|why|how|alert|notify|tell|subscribe|unsubscribe|stop|drop|remove|report|fix|fixed|outage|issue|problem)\b/;

/** The words with which one asks "what about": they say nothing of what is asked. */
const WHAT_ABOUT =
  /\b(how|what) about\b|어때|어떤가요|어떻(습니까|게 ?돼요?|게 ?되나요?|게 ?됐어요?)|어떠(신가요|한가요|니|냐)/g;

/** What stands beside the names and the words for "what about". */
function beside(text: string, names: readonly string[]): string {
  let said = plain(text);
  for (const name of names) said = said.replaceAll(name.toLowerCase(), ' ');
  return said.replace(WHAT_ABOUT, ' ').trim();
}

/** A name and nothing else that asks: 위택스는?, and hometax? `names` are taken out first: 전입신고 holds 신고. */
export function isBareName(text: string, names: readonly string[] = []): boolean {
  const rest = beside(text, names);
  return rest.length <= 40 && !SAYS_MORE.test(rest);
}

/** Letters beside the names of a message that is hardly more than a name. */
const HARDLY_MORE = 6;

/** A name with next to nothing around it. */
export const isHardlyMore = (text: string, names: readonly string[]): boolean =>
  beside(text, names).replace(/[^\p{L}\p{N}]/gu, '').length <= HARDLY_MORE;

/** "위택스는 어때?", "how about wetax": asks about the name, whatever else is said. */
export function asksWhatAbout(text: string, names: readonly string[]): boolean {
  const said = plain(text);
  return names.some((name) => {
    const at = said.lastIndexOf(name.toLowerCase());
    if (at < 0) return false;
    const after = said.slice(at + name.length);
    return (
      /^(은|는|이|가|도)? ?어(때|떤가|떠|떻)/.test(after) ||
      /\b(how|what) about (the )?$/.test(said.slice(0, at))
    );
  });
}
