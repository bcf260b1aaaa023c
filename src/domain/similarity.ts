/** How alike two texts are, from 0 to 1: the trigrams they share among all they have (Jaccard), blanks and case aside. */
export function similarity(a: string, b: string): number {
  const [left, right] = [trigrams(a), trigrams(b)];
  if (left.size === 0 || right.size === 0) return 0;
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared += 1;
  return shared / (left.size + right.size - shared);
}

function trigrams(text: string): ReadonlySet<string> {
  const letters = [...`  ${text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim()} `];
  const grams = new Set<string>();
  for (let i = 0; i + 2 < letters.length; i++) grams.add(letters.slice(i, i + 3).join(''));
  return grams;
}
