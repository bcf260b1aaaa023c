import type { Card } from './card.ts';

/** A card as lines of text: for the command line, screen readers, push previews and logs. */
export function plainText(card: Card): string {
  const lines = [card.headline];
  for (const section of card.sections) {
    const { label } = section;
    if (label === null) lines.push(...section.lines);
    else if (label.endsWith('?')) lines.push(label, ...section.lines);
    else if (section.lines.length === 1) lines.push(`${label}: ${section.lines[0]}`);
    else lines.push(`${label}:`, ...section.lines.map((line) => `- ${line}`));
  }
  if (card.footer !== null) lines.push(card.footer);
  return lines.join('\n');
}
