/* English written without spaces: ishometaxdown. */

/** Small words between the ones that cues and names know. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a am and any are at be can did do does for from has have how i in is it its me my not now of on or please pls show so still that the then there they this to u up us was we what when where which who why will with you your all'.split(
    ' ',
  ),
);
const LONG = 9;
const LONGEST_WORD = 24;

/**
 * The text with spaces put into its long runs of letters, where these are words through and through;
 * null where there is nothing to part.
 */
export function parted(text: string, isWord: (word: string) => boolean): string | null {
  let changed = false;
  const result = text.replace(/[a-z0-9]+/g, (run) => {
    if (run.length < LONG || run.length > 80 || isWord(run)) return run;
    const words = split(run, isWord);
    if (words === null || words.length < 2) return run;
    changed = true;
    return words.join(' ');
  });
  return changed ? result : null;
}

/** The fewest words that make up the whole run. */
function split(run: string, isWord: (word: string) => boolean): string[] | null {
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= run.length; end++) {
    best[end] = null;
    for (let start = Math.max(0, end - LONGEST_WORD); start < end; start++) {
      const before = best[start];
      if (before === null || before === undefined) continue;
      const word = run.slice(start, end);
      if (!SMALL_WORDS.has(word) && (word.length < 2 || !isWord(word))) continue;
      const soFar = best[end];
      if (soFar === null || soFar === undefined || before.length + 1 < soFar.length)
        best[end] = [...before, word];
    }
  }
  return best[run.length] ?? null;
}
